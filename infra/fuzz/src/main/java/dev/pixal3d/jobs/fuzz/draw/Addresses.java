package dev.pixal3d.jobs.fuzz.draw;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Web addresses and IP addresses, those that lead somewhere else than they seem to among them. */
public final class Addresses {
  /** In the path or query of some addresses: must never come back in an answer. */
  public static final String CREDENTIAL = "c0ffee-hook-credential";

  private static final List<String> HOSTS =
      List.of(
          "example.com",
          "your-server.com",
          "a.b.c.example.org",
          "EXAMPLE.com",
          "xn--mnchen-3ya.de",
          "m\u00fcnchen.de",
          "\u4f8b\u5b50.\u6d4b\u8bd5",
          "\uff45xample.com",
          "ex\u00e4mple.com",
          "\u3002com",
          "a_b.example.com",
          "-a.example.com",
          "a-.example.com",
          "a..b",
          ".example.com",
          "example.com.",
          "localhost",
          "LOCALHOST",
          "localhost.",
          "127.0.0.1",
          "127.1",
          "2130706433",
          "0x7f000001",
          "0x7f.1",
          "017700000001",
          "0177.0.0.1",
          "0",
          "0.0.0.0",
          "10.0.0.1",
          "169.254.169.254",
          "169.254.169.254.",
          "192.168.1.1",
          "172.16.0.1",
          "100.64.0.1",
          "224.0.0.1",
          "255.255.255.255",
          "256.1.1.1",
          "1.2.3",
          "1.2.3.4.5",
          "8.8.8.8",
          "08.8.8.8",
          "[::1]",
          "[::]",
          "[::ffff:127.0.0.1]",
          "[::ffff:7f00:1]",
          "[::127.0.0.1]",
          "[64:ff9b::7f00:1]",
          "[2002:7f00:1::]",
          "[2001:0:1::]",
          "[fe80::1]",
          "[fe80::1%25eth0]",
          "[fe80::1%eth0]",
          "[fc00::1]",
          "[ff02::1]",
          "[2606:4700::1111]",
          "[2001:db8::1]",
          "[::ffff:0:127.0.0.1]",
          "[1:2:3:4:5:6:7:8:9]",
          "[",
          "[]",
          "[::1",
          "::1",
          "[v1.x]",
          "metadata.google.internal",
          "%6c%6f%63alhost",
          "ex%61mple.com",
          "%00",
          "",
          "a",
          "a b",
          "example.com\u0000.evil.com",
          "example.com\\evil.com",
          "\u2488\u2489");

  private static final List<String> PORTS =
      List.of(
          "",
          "",
          "",
          "",
          "",
          ":443",
          ":8443",
          ":",
          ":80",
          ":0",
          ":1",
          ":65535",
          ":65536",
          ":99999999999",
          ":-1",
          ":+443",
          ":0443",
          ":443:443",
          ":x",
          ":\u0664\u0664\u0663",
          ": 443");

  private static final List<String> TAILS =
      List.of(
          "",
          "/",
          "/hook",
          "/hook/" + CREDENTIAL,
          "/hook?token=" + CREDENTIAL,
          "?token=" + CREDENTIAL,
          "/a/../b",
          "//",
          "/%2e%2e/",
          "/%",
          "/%zz",
          "/%00",
          "/a b",
          "/\u00fc",
          "/\ud83d\ude00",
          "/\ud800",
          "/a#b",
          "#",
          "?",
          "?a=b&c=d",
          "/;x",
          "/a\\b",
          "/{x}",
          "/|",
          "/^",
          "/<x>",
          "/\"",
          "/a,https://example.com/",
          "/\t",
          "/\r\n",
          "/%ff");

  private Addresses() {}

  /** An address. */
  public static String any(Chance chance) {
    return switch (chance.below(12)) {
      case 0 -> Noise.text(chance);
      case 1 -> Noise.mangled(chance, built(chance));
      case 2 -> longOne(chance);
      case 3 -> built(chance) + chance.oneOf(",", ", ") + built(chance);
      default -> built(chance);
    };
  }

  /** An address that is taken as a webhook's. */
  public static String plain(Chance chance) {
    return "https://"
        + chance.oneOf("example.com", "your-server.com", "hooks.example.org")
        + chance.oneOf("", ":443", ":8443")
        + chance.oneOf("/hook/" + CREDENTIAL, "", "/", "/a?token=" + CREDENTIAL);
  }

  private static String built(Chance chance) {
    String scheme =
        chance.percent(75)
            ? "https://"
            : chance.oneOf(
                "http://",
                "HTTPS://",
                "hTtPs://",
                "https:",
                "https:/",
                "https:///",
                "//",
                "",
                "ftp://",
                "file:///",
                "javascript:",
                "data:",
                "gopher://",
                "https\u200b://",
                " https://",
                "jar:https://",
                "https%3a//");
    String user =
        chance.percent(85)
            ? ""
            : chance.oneOf(
                "user@",
                "user:" + CREDENTIAL + "@",
                "@",
                ":@",
                "example.com@",
                "a%40b@",
                "a@b@",
                "user:pa:ss@");
    String host = chance.percent(40) ? "example.com" : chance.oneOf(HOSTS);
    if (chance.oneIn(12)) {
      host = number(chance);
    } else if (chance.oneIn(12)) {
      host = "[" + Noise.mangled(chance, literal(six(chance))) + "]";
    }
    return scheme + user + host + chance.oneOf(PORTS) + chance.oneOf(TAILS);
  }

  /** Four numbers, or fewer, in one of the ways in which some read them. */
  private static String number(Chance chance) {
    StringBuilder host = new StringBuilder();
    for (int i = chance.between(1, 5); i > 0; i--) {
      int number = chance.between(0, 300);
      host.append(
          chance.oneOf(
              Integer.toString(number),
              "0x" + Integer.toHexString(number),
              "0" + Integer.toOctalString(number)));
      host.append(i == 1 ? chance.oneOf("", "", ".") : ".");
    }
    return host.toString();
  }

  private static String longOne(Chance chance) {
    int length = chance.oneOf(2_047, 2_048, 2_049, 4_000);
    String start = "https://example.com/";
    String piece = chance.oneOf("a", "%20", "a/", "?", "\u00fc", "a.");
    String where = chance.oneOf(start, "https://", "https://example.com:443/?");
    return (where + piece.repeat(length)).substring(0, length);
  }

  /** An IP address; about half of them not of the public internet. */
  public static InetAddress ip(Chance chance) {
    return chance.percent(60) ? four(chance) : six(chance);
  }

  private static InetAddress four(Chance chance) {
    byte[] address = new byte[4];
    fill(chance, address);
    int[] start =
        chance.oneOf(
            List.of(
                new int[] {},
                new int[] {},
                new int[] {10},
                new int[] {127},
                new int[] {0},
                new int[] {169, 254},
                new int[] {172, 16 + chance.below(20)},
                new int[] {192, 168},
                new int[] {100, 64 + chance.below(66)},
                new int[] {192, 0, chance.below(3)},
                new int[] {198, 18 + chance.below(3)},
                new int[] {224 + chance.below(32)}));
    put(start, address);
    return of(address);
  }

  private static InetAddress six(Chance chance) {
    byte[] address = new byte[16];
    if (!chance.oneIn(4)) {
      fill(chance, address);
    }
    int[] start =
        chance.oneOf(
            List.of(
                new int[] {},
                new int[] {0x20 + chance.below(0x20)},
                new int[] {0x26, 0x06},
                new int[] {0x20, 0x01, chance.below(4)},
                new int[] {0x20, 0x01, 0x0d, 0xb8},
                new int[] {0x20, 0x02},
                new int[] {0, 0x64, 0xff, 0x9b},
                new int[] {0xfc + chance.below(2)},
                new int[] {0xfe, 0x80 + chance.below(0x80)},
                new int[] {0xff},
                new int[] {0x3f, 0xff},
                new int[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}));
    put(start, address);
    return of(address);
  }

  private static void fill(Chance chance, byte[] address) {
    for (int i = 0; i < address.length; i++) {
      address[i] = (byte) chance.below(256);
    }
  }

  private static void put(int[] start, byte[] address) {
    for (int i = 0; i < start.length; i++) {
      address[i] = (byte) start[i];
    }
  }

  private static InetAddress of(byte[] address) {
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are addresses", e);
    }
  }

  private static String literal(InetAddress address) {
    return address.getHostAddress();
  }
}
