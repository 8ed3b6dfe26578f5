package dev.pixal3d.jobs.local;

import java.net.URI;

/** What a person needs next, once the stack is up. */
record Welcome(LocalStack stack, LocalStackOptions options, URI sample) {
  String text() {
    return """
    pixal3d-jobs, the LOCAL stack. %s

      API       %s
      Docs      %s/docs
      Key       %s  (header Ocp-Apim-Subscription-Key)
      Webhooks  signed with %s
      Pixal3D   %s
      State     %s
      Functions %s

    Submit a picture:

      curl -X POST "%s/pixal3d/v1/pixal3d-request" \\
        -H "Content-Type: application/json" \\
        -H "Ocp-Apim-Subscription-Key: %s" \\
        --data-raw '{"image_url": "%s"}'

    Then ask at its polling_url how it stands, and download from media_url when it is COMPLETED:

      curl -H "Ocp-Apim-Subscription-Key: %s" "%s/v2/requests/status/REQUEST_ID"

    See and do what an operator does:

      infra/ops/pixal3d-ops keys list %s

    Ctrl-C stops it. infra/local/run --help tells what else it can do.
    """
        .formatted(
            upstreamInWords(options.upstream()),
            stack.api(),
            stack.api(),
            options.apiKey(),
            stack.webhookSecret(),
            pixal3dInWords(),
            options.dataDirectory() == null
                ? "in memory, gone when this stops (--data DIR keeps it)"
                : "kept in " + options.dataDirectory().toAbsolutePath().normalize(),
            options.runtime()
                ? "in processes of the Lambda runtime client; logs in " + stack.functionLogs()
                : "in this JVM (--runtime runs their zips as AWS does)",
            stack.api(),
            options.apiKey(),
            sample,
            options.apiKey(),
            stack.api(),
            stack.operatorsOptions());
  }

  /** Whether this may cost money, in one sentence. */
  static String upstreamInWords(Upstream upstream) {
    return switch (upstream) {
      case Upstream.Simulated _ -> "Pixal3D is SIMULATED here: nothing costs money.";
      case Upstream.Elsewhere elsewhere ->
          "Pixal3D is the one at %s: jobs may COST MONEY.".formatted(elsewhere.baseUrl());
    };
  }

  private String pixal3dInWords() {
    return switch (options.upstream()) {
      case Upstream.Simulated _ -> "simulator on %s".formatted(stack.pixal3d());
      case Upstream.Elsewhere _ ->
          "%s (calls back to %s; if it cannot, results are found by polling)"
              .formatted(stack.pixal3d(), stack.publicUrl());
    };
  }
}
