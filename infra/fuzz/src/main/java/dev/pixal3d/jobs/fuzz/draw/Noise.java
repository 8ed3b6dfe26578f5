package dev.pixal3d.jobs.fuzz.draw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Texts and bytes that software has stumbled over. */
public final class Noise {
  /** Lengths at which something changes here or elsewhere: limits, buffers, powers of two. */
  private static final List<Integer> LENGTHS =
      List.of(
          79, 80, 81, 100, 101, 159, 160, 161, 199, 200, 201, 255, 256, 257, 300, 301, 499, 500,
          501, 999, 1_000, 1_001, 2_047, 2_048, 2_049, 8_191, 8_192, 8_193);

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "/",
          "'",
          "`",
          "<",
          ">",
          "&",
          "?",
          "#",
          "%",
          "@",
          "_",
          "-",
          "+",
          ".",
          "=",
          ";",
          "*",
          "$",
          "|",
          "~",
          "^",
          " ",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\u0000",
          "\u0001",
          "\u001b[31m",
          "\u007f",
          "\u0080",
          "\u0085",
          "\u00a0",
          "\u00ad",
          "\u200b",
          "\u2028",
          "\u2029",
          "\u202e",
          "\u2066",
          "\ufeff",
          "\ufffd",
          "\uffff",
          "\ud800",
          "\udc00",
          "\udc00\ud800",
          "\ud83d\ude00",
          "\udbff\udfff",
          "e\u0301",
          "\u0130",
          "\u0131",
          "\u00df",
          "\u017f",
          "\u212a",
          "\u0661\u0662",
          "\uff11",
          "\u6f22\u5b57",
          "\\u0000",
          "\\ud800",
          "\\udc00\\ud800",
          "\\u",
          "\\x",
          "\\/",
          "%00",
          "%0d%0a",
          "%2e%2e%2f",
          "%",
          "%zz",
          "%ed%a0%80",
          "%c0%af",
          "%25",
          "../",
          "..\\",
          "//",
          "${jndi:ldap://x}",
          "#{1}",
          "{}",
          "%s%n",
          "null",
          "true",
          "false",
          "NaN",
          "Infinity",
          "-0",
          "1e999",
          "1E-99999999999",
          "0x1p3",
          "00",
          "18446744073709551616",
          "9223372036854775808",
          "-9223372036854775809",
          "1e",
          ".5",
          "5.",
          "//x",
          "/*",
          "*/",
          "https://",
          "http://",
          ",https://",
          "\r\nX-Injected: 1",
          "Bearer ",
          "arn:aws:x",
          "\"seed\":1,",
          "\"request_id\":\"x\",");

  private Noise() {}

  /** A text of any kind. */
  public static String text(Chance chance) {
    return switch (chance.below(9)) {
      case 0 -> "";
      case 1 -> ascii(chance, chance.below(40));
      case 2 -> codePoints(chance, chance.below(30));
      case 3 -> units(chance, chance.below(30));
      case 4 -> chance.oneOf(PIECES);
      case 5 -> pieces(chance, chance.between(1, 8));
      case 6 -> chance.oneOf(PIECES).repeat(chance.between(1, 100));
      case 7 -> filled(chance, chance.oneOf(LENGTHS));
      default -> Long.toString(chance.anyLong() >> chance.below(64));
    };
  }

  /** Visible ASCII and spaces. */
  public static String ascii(Chance chance, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) chance.between(' ', '~'));
    }
    return text.toString();
  }

  /** Bytes of any value. */
  public static String bytes(Chance chance, int length) {
    StringBuilder bytes = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      bytes.append((char) chance.below(256));
    }
    return bytes.toString();
  }

  /** A text of one of the lengths at which something changes. */
  public static String filled(Chance chance, int length) {
    String piece =
        chance.oneIn(3)
            ? chance.oneOf(PIECES)
            : chance.oneOf("x", "9", "\ud83d\ude00", "a.", "\u00e9");
    return piece.repeat(length / piece.length() + 1).substring(0, length);
  }

  /** The text after one to three cuts, doublings, insertions and changes of a character. */
  public static String mangled(Chance chance, String text) {
    StringBuilder mangled = new StringBuilder(text);
    for (int changes = chance.between(1, 3); changes > 0; changes--) {
      int from = chance.between(0, mangled.length());
      int to = Math.min(mangled.length(), from + chance.below(8));
      switch (chance.below(7)) {
        case 0 -> mangled.delete(from, to);
        case 1 -> mangled.insert(from, mangled.substring(from, to));
        case 2 -> mangled.replace(from, to, chance.oneOf(PIECES));
        case 3 -> mangled.insert(from, chance.oneOf(PIECES));
        case 4 -> mangled.setLength(from);
        case 5 -> mangled.insert(from, chance.oneIn(10) ? text(chance) : ascii(chance, 3));
        default -> {
          if (from < to) {
            mangled.setCharAt(from, (char) (mangled.charAt(from) ^ 1 << chance.below(8)));
          }
        }
      }
    }
    return mangled.toString();
  }

  /** Bytes after one to three cuts, doublings, insertions and flipped bits. */
  public static String mangledBytes(Chance chance, String bytes) {
    StringBuilder mangled = new StringBuilder(bytes);
    for (int changes = chance.between(1, 3); changes > 0; changes--) {
      int from = chance.between(0, mangled.length());
      int to = Math.min(mangled.length(), from + chance.below(8));
      switch (chance.below(5)) {
        case 0 -> mangled.setLength(from);
        case 1 -> mangled.insert(from, mangled.substring(from, to));
        case 2 -> mangled.insert(from, bytes(chance, chance.between(1, 4)));
        case 3 -> mangled.insert(from, chance.oneOf(NO_UTF_8));
        default -> {
          if (from < to) {
            mangled.setCharAt(from, (char) (mangled.charAt(from) ^ 1 << chance.below(8)));
          }
        }
      }
    }
    return mangled.toString();
  }

  /** A text's UTF-8, one character a byte; half a surrogate pair as the three bytes of CESU-8. */
  public static String utf8(String text) {
    StringBuilder bytes = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            bytes.append((char) (0xE0 | (point >> 12)));
            bytes.append((char) (0x80 | ((point >> 6) & 0x3F)));
            bytes.append((char) (0x80 | (point & 0x3F)));
          } else if (point < 0x80) {
            bytes.append((char) point);
          } else {
            bytes.append(new String(Character.toString(point).getBytes(UTF_8), ISO_8859_1));
          }
        });
    return bytes.toString();
  }

  /** Overlong, truncated, surrogate, out of range, lone continuation, other encodings' marks. */
  private static final List<String> NO_UTF_8 =
      List.of(
          "\u00c0\u0080",
          "\u00c0\u00af",
          "\u00e0\u0080\u0080",
          "\u00e2\u0082",
          "\u00ed\u00a0\u0080",
          "\u00f0\u009f\u0098",
          "\u00f4\u0090\u0080\u0080",
          "\u00f8",
          "\u0080",
          "\u00ff",
          "\u00ff\u00fe",
          "\u00fe\u00ff",
          "\u00ef\u00bb\u00bf",
          "\u0000{");

  private static String pieces(Chance chance, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(chance.oneOf(PIECES));
    }
    return text.toString();
  }

  private static String codePoints(Chance chance, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(chance.below(Character.MAX_CODE_POINT + 1));
    }
    return text.toString();
  }

  private static String units(Chance chance, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) chance.below(Character.MAX_VALUE + 1));
    }
    return text.toString();
  }
}
