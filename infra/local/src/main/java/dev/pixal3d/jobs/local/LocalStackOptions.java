package dev.pixal3d.jobs.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a local stack is to be.
 *
 * @param template the template.yaml to bring up
 * @param port of the API; 0 takes a free one
 * @param apiKey the one key that clients use
 * @param webhookSecret {@code whsec_…}, what webhooks are signed with; null for a random one
 * @param dataDirectory where state is kept; null for none
 * @param upstream who makes the models
 * @param runtime whether each function runs in processes of the Lambda runtime client, instead of
 *     in this JVM
 * @param publicUrl base of the URLs that are given out; null for {@code http://localhost:PORT}
 * @param settings the configuration by its names as environment variables; others are ignored
 */
public record LocalStackOptions(
    Path template,
    int port,
    String apiKey,
    @Nullable String webhookSecret,
    @Nullable Path dataDirectory,
    Upstream upstream,
    boolean runtime,
    @Nullable URI publicUrl,
    Map<String, String> settings) {
  public LocalStackOptions {
    settings = Map.copyOf(settings);
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "LocalStackOptions[template=%s, port=%d, dataDirectory=%s, upstream=%s, runtime=%s, publicUrl=%s]"
        .formatted(template, port, dataDirectory, upstream, runtime, publicUrl);
  }
}
