package dev.pixal3d.jobs.ops;

/** Something does not go; the message tells what happened and what to do. */
final class OpsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private OpsException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  private OpsException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  static OpsException notFound(String message) {
    return new OpsException(ExitCode.NOT_FOUND, message);
  }

  static OpsException notFound(String message, Throwable cause) {
    return new OpsException(ExitCode.NOT_FOUND, message, cause);
  }

  static OpsException refused(String message) {
    return new OpsException(ExitCode.REFUSED, message);
  }

  static OpsException wrongUsage(String message) {
    return new OpsException(ExitCode.WRONG_USAGE, message);
  }

  static OpsException didNotWork(String message, Throwable cause) {
    return new OpsException(ExitCode.DID_NOT_WORK, message, cause);
  }

  ExitCode exitCode() {
    return exitCode;
  }
}
