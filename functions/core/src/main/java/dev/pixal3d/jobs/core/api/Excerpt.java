package dev.pixal3d.jobs.core.api;

/** What a stranger sent, made fit to be shown in a message: short, and nothing in it that acts. */
final class Excerpt {
  /** The longest excerpt, in characters, the ellipsis not counted. */
  static final int MAX_LENGTH = 80;

  private Excerpt() {}

  /**
   * The text's beginning, with control, formatting and unpaired surrogate characters as {@code
   * \\uXXXX}.
   */
  static String of(String text) {
    StringBuilder shown = new StringBuilder();
    int next = 0;
    while (next < text.length()) {
      int character = text.codePointAt(next);
      String piece = isPlain(character) ? Character.toString(character) : escaped(character);
      if (shown.length() + piece.length() > MAX_LENGTH) {
        return shown.append('…').toString();
      }
      shown.append(piece);
      next += Character.charCount(character);
    }
    return shown.toString();
  }

  private static boolean isPlain(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static String escaped(int character) {
    StringBuilder escaped = new StringBuilder();
    for (char unit : Character.toChars(character)) {
      escaped.append("\\u%04x".formatted((int) unit));
    }
    return escaped.toString();
  }
}
