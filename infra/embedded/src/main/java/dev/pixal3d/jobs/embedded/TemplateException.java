package dev.pixal3d.jobs.embedded;

/**
 * The template holds something that cannot be read or brought up here. The message names the file,
 * the place in it, and what is wrong there.
 */
public final class TemplateException extends RuntimeException {
  TemplateException(String message) {
    super(message);
  }

  TemplateException(String message, Throwable cause) {
    super(message, cause);
  }
}
