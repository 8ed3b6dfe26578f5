package dev.pixal3d.jobs.fuzz.draw;

import java.util.List;
import java.util.stream.Collectors;

/** JSON as text, written in all the ways in which it can be, and in some in which it cannot. */
public final class JsonText {
  private static final String HEX = "0123456789abcdefABCDEF";

  private JsonText() {}

  /**
   * A member of an object.
   *
   * @param name as it stands, with quotes
   * @param value as it stands
   */
  public record Member(String name, String value) {
    /** A member of a plain name. */
    public static Member of(String name, String value) {
      return new Member('"' + name + '"', value);
    }
  }

  /** An object, mostly without spaces. */
  public static String object(Chance chance, List<Member> members) {
    boolean spaced = chance.oneIn(3);
    return members.stream()
        .map(member ->
            blank(chance, spaced)
                + member.name()
                + blank(chance, spaced)
                + ":"
                + blank(chance, spaced)
                + member.value()
                + blank(chance, spaced))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String blank(Chance chance, boolean spaced) {
    return spaced ? chance.oneOf("", "", " ", "\n", "\t", "\r\n", "  ") : "";
  }

  /** A string, some of its characters escaped in one way or another. */
  public static String string(Chance chance, String text) {
    boolean escaping = chance.oneIn(4);
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        json.append('\\').append(unit);
      } else if (unit < ' ' || (escaping && chance.oneIn(4)) || Character.isSurrogate(unit)) {
        json.append("\\u").append("%04x".formatted((int) unit));
      } else if (unit == '/' && escaping) {
        json.append("\\/");
      } else {
        json.append(unit);
      }
    }
    return json.append('"').toString();
  }

  /** A number, usual or not. */
  public static String number(Chance chance) {
    return switch (chance.below(12)) {
      case 0 -> Integer.toString(chance.between(-3, 3));
      case 1 -> Long.toString(chance.anyLong());
      case 2 -> Long.toUnsignedString(chance.anyLong());
      case 3 -> Double.toString(chance.anyDouble() * chance.between(-1000, 1000));
      case 4 ->
          chance.oneOf(
              "2147483647",
              "2147483648",
              "-9223372036854775808",
              "-9223372036854775809",
              "18446744073709551615",
              "18446744073709551616",
              "9007199254740993",
              "0",
              "-0",
              "-1",
              "1024");
      case 5 -> "1e" + chance.between(-330, 330);
      case 6 ->
          chance.oneOf(
              "1e308", "1.8e308", "5e-324", "-1e999999999", "1E-999999999", "0e99999999999");
      case 7 ->
          chance.oneOf("1.0", "1.00", "1e0", "10e-1", "1024.0", "1.024e3", "0.0", "-0.0", "12.5");
      case 8 -> "9".repeat(chance.between(1, 120));
      case 9 -> "0." + "3".repeat(chance.between(1, 120));
      case 10 ->
          chance.oneOf(
              "01", "+1", ".5", "5.", "1e", "0x10", "NaN", "Infinity", "-Infinity", "1_000", "--1");
      default -> "1" + "0".repeat(chance.between(1, 110));
    };
  }

  /** A value of any type. */
  public static String value(Chance chance, int depth) {
    return switch (chance.below(depth > 3 ? 6 : 9)) {
      case 0 -> "null";
      case 1 -> chance.oneOf("true", "false");
      case 2, 3 -> number(chance);
      case 4 -> string(chance, Noise.text(chance));
      case 5 -> '"' + number(chance) + '"';
      case 6 -> "[" + values(chance, depth) + "]";
      case 7 ->
          object(
              chance,
              List.of(new Member(string(chance, Noise.text(chance)), value(chance, depth + 1))));
      default -> nested(chance, chance.between(1, 70));
    };
  }

  private static String values(Chance chance, int depth) {
    StringBuilder values = new StringBuilder();
    for (int i = chance.below(4); i > 0; i--) {
      values.append(value(chance, depth + 1)).append(i == 1 ? "" : ",");
    }
    return values.toString();
  }

  /** Arrays and objects in one another. */
  public static String nested(Chance chance, int depth) {
    return chance.percent(50)
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"x\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  /** An escape of four digits, whatever it stands for. */
  public static String escape(Chance chance) {
    StringBuilder escape = new StringBuilder("\\u");
    for (int i = 0; i < 4; i++) {
      escape.append(HEX.charAt(chance.below(HEX.length())));
    }
    return escape.toString();
  }

  /**
   * The bytes of a body that was to be an object of these members, in UTF-8 or not.
   *
   * @param limit how many bytes a body may have where it goes; a few bodies are about that long
   */
  public static String body(Chance chance, List<Member> members, int limit) {
    String object = object(chance, members);
    int kind = chance.below(1_000);
    if (kind < 680) {
      return Noise.utf8(object);
    } else if (kind < 800) {
      return Noise.utf8(Noise.mangled(chance, object));
    } else if (kind < 890) {
      return Noise.mangledBytes(chance, Noise.utf8(object));
    } else if (kind < 940) {
      String bytes = Noise.utf8(object);
      return bytes.substring(0, chance.between(0, bytes.length()));
    } else if (kind < 970) {
      return Noise.utf8(value(chance, 0));
    } else if (kind < 990) {
      return Noise.bytes(chance, chance.below(200));
    } else if (kind < 995) {
      return Noise.utf8(object)
          + Noise.utf8(chance.oneOf(" ", "\n", "x", ",", "{}", "\u0000", object));
    }
    return Noise.utf8(huge(chance, object, limit + chance.between(-3, 1)));
  }

  /** A body of this length: an object that one part of has grown. */
  private static String huge(Chance chance, String object, int length) {
    String open = object.substring(0, object.length() - 1) + (object.length() > 2 ? "," : "");
    return switch (chance.below(11)) {
      case 0 -> filled("", " ", "", length);
      case 1 -> filled(object, " ", "", length);
      case 2 -> filled("{\"x\":", "[", "", length);
      case 3 -> filled("", "{\"x\":", "", length);
      case 4 -> filled(open + "\"", "x", "\":1}", length);
      case 5 -> filled(open + "\"x\":\"", "x", "\"}", length);
      case 6 -> filled(open + "\"x\":", "9", "}", length);
      case 7 -> filled(open + "\"x\":[1", ",1", "]}", length);
      case 8 -> filled(open + "\"x\":\"", escape(chance), "\"}", length);
      case 9 -> members(open, length);
      default -> filled("", chance.oneOf("\"", "\\", "-", "[1,", "\u00e9", "\u0000"), "", length);
    };
  }

  private static String filled(String start, String piece, String end, int length) {
    int room = Math.max(0, length - start.length() - end.length());
    return start + piece.repeat(room / piece.length()) + end;
  }

  private static String members(String open, int length) {
    StringBuilder body = new StringBuilder(open);
    for (int i = 0; body.length() < length - 20; i++) {
      body.append("\"x").append(i).append("\":1,");
    }
    return body.append("\"x\":1}").toString();
  }
}
