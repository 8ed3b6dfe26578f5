package dev.pixal3d.simulator;

/** The page's "Status Values". */
enum JobStatus {
  QUEUED,
  PROCESSING,
  COMPLETED,
  FAILED,
  ERROR;

  boolean isTerminal() {
    return switch (this) {
      case QUEUED, PROCESSING -> false;
      case COMPLETED, FAILED, ERROR -> true;
    };
  }
}
