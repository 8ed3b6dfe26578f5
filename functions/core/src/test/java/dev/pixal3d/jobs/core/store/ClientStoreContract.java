package dev.pixal3d.jobs.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.store.ClientStore.Client;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of clients promises. */
abstract class ClientStoreContract {
  static final Instant NOW = Instant.parse("2026-05-22T13:17:32.110Z");

  abstract ClientStore store();

  @Test
  void finds_the_client_of_a_key() {
    var client = new Client("acme", true, List.of("whsec_new", "whsec_old"));
    store().put(client);
    store().putKey("key-1", "acme");

    assertThat(store().findByKey("key-1", NOW)).contains(client);
  }

  @Test
  void finds_a_client_by_its_name() {
    var client = new Client("by-name", true, List.of("whsec_one"));
    store().put(client);

    assertThat(store().findByName("by-name")).contains(client);
    assertThat(store().findByName("nobody")).isEmpty();
  }

  @Test
  void finds_nobody_by_an_unknown_key() {
    assertThat(store().findByKey("nobody's", NOW)).isEmpty();
  }

  @Test
  void finds_nobody_by_a_key_whose_client_is_not_there() {
    store().putKey("key-2", "never-made");

    assertThat(store().findByKey("key-2", NOW)).isEmpty();
  }

  @Test
  void lets_several_keys_speak_for_one_client_and_shows_its_latest_state() {
    store().put(new Client("two-keys", true, List.of()));
    store().putKey("key-3", "two-keys");
    store().putKey("key-4", "two-keys");
    store().put(new Client("two-keys", false, List.of()));

    assertThat(store().findByKey("key-3", NOW)).contains(new Client("two-keys", false, List.of()));
    assertThat(store().findByKey("key-4", NOW)).contains(new Client("two-keys", false, List.of()));
  }
}
