package dev.pixal3d.jobs.core.endpoint;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the endpoints that fail. None kept means: it works, or was never tried. */
public interface EndpointStore {

  /** The endpoint, if it fails. May be a moment old. */
  Optional<Endpoint> load(Endpoint.Key key);

  /**
   * Saves an endpoint if it still is the one that was read.
   *
   * @param before what was read; null if there was none
   * @param after what to save; its version is set by the store
   * @return whether it was saved
   */
  boolean save(@Nullable Endpoint before, Endpoint after);

  /** Forgets an endpoint, for it works. */
  void forget(Endpoint.Key key);
}
