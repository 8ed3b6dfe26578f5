package dev.pixal3d.jobs.core.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.testing.InMemoryClientStore;
import dev.pixal3d.jobs.core.testing.MutableClock;
import dev.pixal3d.jobs.core.usecase.Authentication.Caller;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static final Client ACME = new Client("acme", true, List.of());

  private final InMemoryClientStore clients = new InMemoryClientStore();
  private final MutableClock clock = new MutableClock();
  private final Authentication authentication = new Authentication(clients, clock);

  @Test
  void knows_the_client_of_a_key() {
    clients.put(ACME);
    clients.putKey("key", "acme");

    assertThat(authentication.caller("key")).isEqualTo(new Caller.Known(ACME));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "nobody's"})
  void knows_nobody_without_a_known_key(String key) {
    assertThat(authentication.caller(key)).isEqualTo(new Caller.Unknown());
  }

  @Test
  void does_not_look_up_a_key_that_is_too_long_to_be_one() {
    String longKey = "k".repeat(257);
    clients.put(ACME);
    clients.putKey(longKey, "acme");

    assertThat(authentication.caller(longKey)).isEqualTo(new Caller.Unknown());
  }

  @Test
  void refuses_a_client_that_was_disabled_within_a_minute() {
    clients.put(ACME);
    clients.putKey("key", "acme");
    authentication.caller("key");
    clients.put(new Client("acme", false, List.of()));

    clock.advance(Duration.ofMinutes(1));

    assertThat(authentication.caller("key")).isEqualTo(new Caller.Disabled());
  }

  @Test
  void takes_a_key_from_the_moment_at_which_it_is_made() {
    authentication.caller("key");
    clients.put(ACME);
    clients.putKey("key", "acme");

    assertThat(authentication.caller("key")).isEqualTo(new Caller.Known(ACME));
  }
}
