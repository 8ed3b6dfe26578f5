package dev.pixal3d.jobs.core.upstream;

import dev.pixal3d.jobs.core.job.WebhookMode;
import java.net.URI;

/**
 * The upstream that makes models out of images. Neither call throws for what upstream or the wire
 * does: each kind of outcome is a type.
 */
public interface Pixal3d {

  /**
   * Hands a job over. This is the call that costs money: it is made at most once per invocation,
   * never repeated by itself.
   */
  SubmitOutcome submit(Submission submission);

  /** Asks how a job stands. Costs nothing and may be repeated at will. */
  StatusOutcome status(String upstreamId);

  /**
   * What is handed over.
   *
   * @param requestJson the request's JSON object, forwarded as it is
   * @param callbackUrl where Pixal3D is to report; holds a credential, so it is never logged
   * @param mode how often it is to report
   */
  record Submission(String requestJson, URI callbackUrl, WebhookMode mode) {
    @Override
    public String toString() {
      return "Submission[mode=" + mode + "]";
    }
  }
}
