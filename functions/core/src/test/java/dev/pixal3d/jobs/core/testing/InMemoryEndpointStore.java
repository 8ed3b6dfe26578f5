package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.endpoint.EndpointStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Endpoints in memory, held to the same contract as those in DynamoDB. */
public final class InMemoryEndpointStore implements EndpointStore {
  private final Map<Endpoint.Key, Endpoint> endpoints = new HashMap<>();

  @Override
  public synchronized Optional<Endpoint> load(Endpoint.Key key) {
    return Optional.ofNullable(endpoints.get(key));
  }

  @Override
  public synchronized boolean save(@Nullable Endpoint before, Endpoint after) {
    Endpoint current = endpoints.get(after.key());
    boolean same =
        before == null ? current == null : current != null && current.version() == before.version();
    if (same) {
      endpoints.put(after.key(), after.ofVersion(before == null ? 1 : before.version() + 1));
    }
    return same;
  }

  @Override
  public synchronized void forget(Endpoint.Key key) {
    endpoints.remove(key);
  }
}
