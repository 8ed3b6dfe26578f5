package dev.pixal3d.jobs.runtime;

import java.util.List;

/** How Lambda brings a function up. */
public enum InitializationType {
  /** It starts with the first event. */
  ON_DEMAND("on-demand"),

  /**
   * It starts ahead, is frozen as an image of its memory, and goes on when the image is restored.
   * Here the process itself goes on, so every run of the hooks is real, while the copies of one
   * image are not.
   */
  SNAP_START("snap-start");

  /** org.crac looks for what runs its hooks here; without it they silently do not run. */
  private static final String HOOKS = "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac";

  private final String value;

  InitializationType(String value) {
    this.value = value;
  }

  /** As {@code AWS_LAMBDA_INITIALIZATION_TYPE} has it. */
  String value() {
    return value;
  }

  List<String> jvmOptions() {
    return switch (this) {
      case ON_DEMAND -> List.of();
      case SNAP_START -> List.of(HOOKS);
    };
  }
}
