package dev.pixal3d.jobs.core.usecase;

import dev.pixal3d.jobs.core.store.ClientStore;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells who a request comes from. A known key is remembered for a minute, so that most requests
 * cost no read and a key that was disabled is refused within a minute.
 */
public final class Authentication {
  /** The header that carries the API key (Pixal3D's page, "Authentication"). */
  public static final String HEADER = "Ocp-Apim-Subscription-Key";

  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int MAX_REMEMBERED = 1_000;
  private static final int MAX_KEY_LENGTH = 256;

  private final ClientStore clients;
  private final InstantSource clock;
  private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

  public Authentication(ClientStore clients, InstantSource clock) {
    this.clients = clients;
    this.clock = clock;
  }

  private record Remembered(Client client, Instant until) {}

  /** Who a request comes from. */
  public sealed interface Caller {
    /** A client that may do things. */
    record Known(Client client) implements Caller {}

    /** No key, or one that nobody has. */
    record Unknown() implements Caller {}

    /** A key or a client that is switched off. */
    record Disabled() implements Caller {}
  }

  public Caller caller(@Nullable String apiKey) {
    if (apiKey == null || apiKey.isEmpty() || apiKey.length() > MAX_KEY_LENGTH) {
      return new Caller.Unknown();
    }
    return find(apiKey)
        .<Caller>map(client -> client.enabled() ? new Caller.Known(client) : new Caller.Disabled())
        .orElseGet(Caller.Unknown::new);
  }

  /** Unknown keys are not remembered: a key works from the moment at which it is made. */
  private Optional<Client> find(String apiKey) {
    Instant now = clock.instant();
    Remembered found = remembered.get(apiKey);
    if (found != null && now.isBefore(found.until())) {
      return Optional.of(found.client());
    }
    Optional<Client> client = clients.findByKey(apiKey, now);
    if (remembered.size() >= MAX_REMEMBERED) {
      remembered.clear();
    }
    client.ifPresent(known -> remembered.put(apiKey, new Remembered(known, now.plus(REMEMBERED))));
    return client;
  }
}
