package dev.pixal3d.jobs.core.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Strangers' words, made fit to stand in a log, a timeline or a client's answer. */
final class Words {
  private static final int REPLACEMENT_CHARACTER = 0xFFFD;

  private Words() {}

  /**
   * The text on one line, without characters that steer a terminal or that UTF-8 cannot spell.
   *
   * @param longest the most UTF-16 units that may come out, at least 2; an ellipsis stands for what
   *     is cut off
   */
  static String clean(String text, int longest) {
    if (text.length() <= longest && isVisibleAscii(text)) {
      return text; // As addresses are, and most that comes is addresses.
    }
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(Words::harmless).forEach(line::appendCodePoint);
    String words = line.toString().strip();
    if (words.length() <= longest) {
      return words;
    }
    int cut = longest - 1;
    return words.substring(0, Character.isHighSurrogate(words.charAt(cut - 1)) ? cut - 1 : cut)
        + "…";
  }

  /** Whether it holds nothing but {@code !} to {@code ~}. */
  static boolean isVisibleAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  /** A member's text: a string's own, else compact JSON; empty if it is null or not there. */
  static String of(ObjectNode object, String member) {
    JsonNode value = object.path(member);
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    return value.isTextual() ? value.textValue() : value.toString();
  }

  private static int harmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      // Half a pair: JSON's escapes can spell it.
      case Character.SURROGATE -> REPLACEMENT_CHARACTER;
      default -> codePoint;
    };
  }
}
