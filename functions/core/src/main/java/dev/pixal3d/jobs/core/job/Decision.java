package dev.pixal3d.jobs.core.job;

import java.util.List;

/**
 * What {@link Lifecycle} says to an event.
 *
 * @param job the job as it is to be saved; the very same one if nothing changes
 * @param effects what to do after the save
 */
public record Decision(Job job, List<Effect> effects) {
  public Decision {
    effects = List.copyOf(effects);
  }

  /** The job stays as it is, and nothing is to be done. */
  static Decision nothing(Job job) {
    return new Decision(job, List.of());
  }

  /** Whether an event is to be sent to the client. */
  public boolean tells() {
    return effects.contains(new Effect.PostWebhook());
  }

  /** Whether the paid POST is to be made. */
  public boolean claims() {
    return effects.contains(new Effect.PostUpstream());
  }
}
