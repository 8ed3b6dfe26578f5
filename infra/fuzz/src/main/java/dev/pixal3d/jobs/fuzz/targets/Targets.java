package dev.pixal3d.jobs.fuzz.targets;

import java.util.List;

/** All places to which strangers can send something. */
public final class Targets {
  /** In the order in which they are named in the help. */
  public static final List<Target<?>> ALL =
      List.of(
          new SubmitTarget(),
          new HeadersTarget(),
          new CallbackTarget(),
          new StatusQueryTarget(),
          new UpstreamSubmitTarget(),
          new UpstreamStatusTarget(),
          new WebhookAnswerTarget(),
          new WebhookAddressTarget());

  private Targets() {}
}
