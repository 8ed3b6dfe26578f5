package dev.pixal3d.jobs.lambda;

import dev.pixal3d.jobs.core.api.ApiAnswer;
import dev.pixal3d.jobs.core.api.Headers;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.telemetry.LogContext;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.core.usecase.Authentication.Caller;
import java.util.function.Function;

/** Lets only clients in. */
public final class Callers {
  private Callers() {}

  /** The answer for a client that may do things, or the refusal of anyone else. */
  public static ApiAnswer admit(
      Authentication authentication, Headers headers, Function<Client, ApiAnswer> work) {
    return switch (authentication.caller(headers.get(Authentication.HEADER).orElse(null))) {
      case Caller.Known(Client client) -> {
        LogContext.client(client.name());
        yield work.apply(client);
      }
      case Caller.Unknown() -> ApiAnswer.unauthorized();
      case Caller.Disabled() -> ApiAnswer.forbidden();
    };
  }
}
