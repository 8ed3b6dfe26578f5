package dev.pixal3d.jobs.lambda.logging;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes {@link LogLine}s. The variable {@code LOG_LEVEL} says what is written at least. However
 * low it is, of libraries there are only warnings and errors, for at DEBUG they write down whole
 * requests: webhooks' addresses, signatures, session tokens.
 */
final class JsonLogger extends LegacyAbstractLogger {
  private static final String OURS = "dev.pixal3d.";
  private static final Level OUR_LEVEL = level(System.getenv("LOG_LEVEL"));

  private final Level least;

  JsonLogger(String name) {
    this(name, OUR_LEVEL);
  }

  /**
   * @param ours what is written at least by what is ours
   */
  JsonLogger(String name, Level ours) {
    this.name = name;
    boolean asOurs = name.startsWith(OURS) || ours.toInt() > Level.WARN.toInt();
    this.least = asOurs ? ours : Level.WARN;
  }

  private static Level level(@Nullable String word) {
    return word == null ? Level.INFO : Level.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private boolean isEnabled(Level level) {
    return level.toInt() >= least.toInt();
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      String message,
      Object @Nullable [] arguments,
      @Nullable Throwable error) {
    LogLine.write(level, MessageFormatter.basicArrayFormat(message, arguments), error);
  }

  @Override
  public boolean isTraceEnabled() {
    return isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return isEnabled(Level.ERROR);
  }
}
