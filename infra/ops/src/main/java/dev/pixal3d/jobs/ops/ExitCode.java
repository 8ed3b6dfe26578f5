package dev.pixal3d.jobs.ops;

/** What a script learns from the tool's end. The script itself adds 3 (no JDK 25) and 4 (build). */
enum ExitCode {
  DONE(0),
  DID_NOT_WORK(1),
  WRONG_USAGE(2),
  NOT_FOUND(5),
  REFUSED(6);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
