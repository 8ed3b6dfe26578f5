package dev.pixal3d.jobs.core.job;

import java.util.Locale;

/** How often a webhook fires (Pixal3D's page, "Webhook Headers", {@code X-Webhook-Mode}). */
public enum WebhookMode {
  /** Once, at the terminal status. */
  TERMINAL,
  /** On every report, at most 15 s apart, and at the terminal status. */
  SYNC;

  /** The word that stands in the header. */
  public String headerValue() {
    return name().toLowerCase(Locale.ROOT);
  }
}
