package dev.pixal3d.jobs.core.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses lie on the public internet, and so may get a webhook.
 *
 * <p>Refused is every block of IANA's special-purpose registries (<a
 * href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a>, <a
 * href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>; RFC 6890 and its
 * successors), also those that are reachable from everywhere, since nobody's webhook lives there;
 * further multicast, and in IPv6 whatever is not global unicast. So no address that carries an IPv4
 * one inside (mapped, compatible, NAT64, 6to4, Teredo) gets through.
 */
final class PublicAddresses {
  private static final List<Block> SPECIAL =
      List.of(
          block("0.0.0.0", 8, "this network, RFC 791"),
          block("10.0.0.0", 8, "private use, RFC 1918"),
          block("100.64.0.0", 10, "shared by carrier-grade NAT, RFC 6598"),
          block("127.0.0.0", 8, "loopback, RFC 1122"),
          block("169.254.0.0", 16, "link-local, RFC 3927"),
          block("172.16.0.0", 12, "private use, RFC 1918"),
          block("192.0.0.0", 24, "protocol assignments, RFC 6890"),
          block("192.0.2.0", 24, "documentation, RFC 5737"),
          block("192.31.196.0", 24, "AS112, RFC 7535"),
          block("192.52.193.0", 24, "multicast tunneling, RFC 7450"),
          block("192.88.99.0", 24, "6to4 relay, RFC 7526"),
          block("192.168.0.0", 16, "private use, RFC 1918"),
          block("192.175.48.0", 24, "AS112, RFC 7534"),
          block("198.18.0.0", 15, "benchmarking, RFC 2544"),
          block("198.51.100.0", 24, "documentation, RFC 5737"),
          block("203.0.113.0", 24, "documentation, RFC 5737"),
          block("224.0.0.0", 4, "multicast, RFC 5771"),
          block("240.0.0.0", 4, "reserved or broadcast, RFC 1112"),
          block("64:ff9b::", 96, "translated IPv4, RFC 6052"),
          block("64:ff9b:1::", 48, "translated IPv4, RFC 8215"),
          block("::", 8, "loopback, unspecified or embedded IPv4, RFC 4291"),
          block("100::", 64, "discarded, RFC 6666"),
          block("2001::", 23, "protocol assignments such as Teredo, RFC 2928"),
          block("2001:db8::", 32, "documentation, RFC 3849"),
          block("2002::", 16, "6to4, RFC 3056"),
          block("2620:4f:8000::", 48, "AS112, RFC 7534"),
          block("3fff::", 20, "documentation, RFC 9637"),
          block("5f00::", 16, "segment routing, RFC 9602"),
          block("fc00::", 7, "private use, RFC 4193"),
          block("fe80::", 10, "link-local, RFC 4291"),
          block("ff00::", 8, "multicast, RFC 4291"));

  private static final Block GLOBAL_UNICAST = block("2000::", 3, "global unicast, RFC 4291");

  private PublicAddresses() {}

  /** What the address is for, if it is not public; reads on from "not public: ". */
  static Optional<String> specialPurpose(InetAddress address) {
    Optional<String> special =
        SPECIAL.stream().filter(block -> block.contains(address)).map(Block::purpose).findFirst();
    if (special.isPresent() || address instanceof Inet4Address) {
      return special;
    }
    return GLOBAL_UNICAST.contains(address)
        ? Optional.empty()
        : Optional.of("not global unicast, RFC 4291");
  }

  private static Block block(String address, int bits, String purpose) {
    return new Block(InetAddress.ofLiteral(address), bits, purpose);
  }

  /** The addresses of one family that begin with the same bits. */
  private record Block(InetAddress first, int bits, String purpose) {
    boolean contains(InetAddress address) {
      byte[] mine = first.getAddress();
      byte[] other = address.getAddress();
      if (mine.length != other.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if (((mine[bit / 8] ^ other[bit / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
