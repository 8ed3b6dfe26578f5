package dev.pixal3d.jobs.ops;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where AWS's services answer, if not where the SDK looks by itself: by {@code --endpoint-url}, or
 * by the SDK's own environment variables (AWS SDKs and Tools Reference Guide, "Service-specific
 * endpoints").
 */
final class Endpoints {
  private static final String ANY = "";
  private static final String VARIABLE = "AWS_ENDPOINT_URL";

  private final Map<String, URI> byService;

  private Endpoints(Map<String, URI> byService) {
    this.byService = byService;
  }

  /**
   * Reads what was given.
   *
   * @param options each {@code URL} for every service, or {@code dynamodb=URL}
   * @throws OpsException if one is neither
   */
  static Endpoints of(List<String> options, Map<String, String> environment) {
    Map<String, URI> all = new HashMap<>();
    environment.forEach((name, value) -> {
      if (name.equals(VARIABLE)) {
        all.put(ANY, url(value, name));
      } else if (name.startsWith(VARIABLE + "_")) {
        String service = name.substring(VARIABLE.length() + 1).toLowerCase(Locale.ROOT);
        all.put(service, url(value, name));
      }
    });
    if (options.stream().anyMatch(option -> !option.matches("[a-z]+=.*"))) {
      all.clear(); // One URL for everything means everything.
    }
    for (String option : options) {
      int equals = option.matches("[a-z]+=.*") ? option.indexOf('=') : -1;
      all.put(
          equals < 0 ? ANY : option.substring(0, equals),
          url(option.substring(equals + 1), "--endpoint-url"));
    }
    return new Endpoints(all);
  }

  private static URI url(String value, String from) {
    String wrong =
        "%s takes http://HOST:PORT, or SERVICE=http://HOST:PORT with dynamodb, sqs or"
            + " cloudformation; not '%s'.";
    try {
      URI url = URI.create(value);
      if (url.getHost() != null && url.getScheme().matches("https?")) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      throw OpsException.wrongUsage(wrong.formatted(from, value));
    }
    throw OpsException.wrongUsage(wrong.formatted(from, value));
  }

  /** Where a service answers; nothing if the SDK is to find out. */
  Optional<URI> of(String service) {
    return Optional.ofNullable(byService.getOrDefault(service, byService.get(ANY)));
  }

  /** Whether the services are somewhere else than at AWS. */
  boolean areElsewhere() {
    return !byService.isEmpty();
  }

  /** Whether they are on this machine, where nobody checks credentials. */
  boolean areLocal() {
    return areElsewhere()
        && byService.values().stream()
            .map(URI::getHost)
            .allMatch(host ->
                host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
  }
}
