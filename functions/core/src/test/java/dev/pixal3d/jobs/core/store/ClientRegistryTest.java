package dev.pixal3d.jobs.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.store.ClientRegistry.ApiKey;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientRegistryTest {
  private static final Instant NOW = Instant.parse("2026-05-22T13:17:32.110Z");

  private static final int ALL_TRIES = 100;

  private final ClientRegistry registry =
      new ClientRegistry(SharedAws.aws().dynamoDb(), SharedAws.aws().tableName());
  private final ClientStore store =
      new DynamoDbClientStore(SharedAws.aws().dynamoDb(), SharedAws.aws().tableName());

  @Test
  void makes_a_client_once() {
    Client client = new Client("reg-once", true, List.of("whsec_a"));

    assertThat(registry.create(client)).isTrue();
    assertThat(registry.create(new Client("reg-once", false, List.of()))).isFalse();
    assertThat(store.findByName("reg-once")).contains(client);
  }

  @Test
  void a_key_speaks_for_its_client_until_it_is_disabled_and_again_once_it_is_enabled() {
    registry.create(new Client("reg-key", true, List.of()));
    ApiKey key = registry.addKey("reg-key-1", "reg-key");

    registry.stopKey(key, NOW.plusSeconds(60));

    assertThat(enabled("reg-key-1", NOW.plusMillis(59_999))).isTrue();
    assertThat(enabled("reg-key-1", NOW.plusSeconds(60))).isFalse();

    registry.enableKey(key);

    assertThat(enabled("reg-key-1", NOW.plusSeconds(60))).isTrue();

    registry.disableKey(key, NOW);

    assertThat(enabled("reg-key-1", NOW.minusSeconds(3_600)))
        .as("whatever the time is there")
        .isFalse();

    registry.enableKey(key);

    assertThat(enabled("reg-key-1", NOW)).isTrue();
  }

  @Test
  void a_key_that_is_not_there_is_not_made_by_disabling_it() {
    assertThat(registry.disableKey(new ApiKey("00ff", "nobody", true, null), NOW)).isFalse();
    assertThat(registry.enable("reg-nobody", true)).isFalse();
    assertThat(registry.forget("reg-nobody", NOW)).isFalse();
    assertThat(store.findByName("reg-nobody")).isEmpty();
  }

  @Test
  void lists_what_was_made_by_hand_too() {
    store.put(new Client("reg-by-hand", true, List.of("whsec_a", "whsec_b")));
    store.putKey("reg-by-hand-key", "reg-by-hand");

    ClientRegistry.Directory directory = registry.list();

    assertThat(directory.clients())
        .contains(
            new ClientRegistry.Registered(
                new Client("reg-by-hand", true, List.of("whsec_a", "whsec_b")), null));
    assertThat(directory.keys())
        .contains(new ApiKey(Sha256.hex("reg-by-hand-key"), "reg-by-hand", true, null));
  }

  @Test
  void changes_webhook_secrets_only_if_nobody_else_did() {
    registry.create(new Client("reg-secrets", true, List.of()));

    assertThat(registry.changeWebhookSecrets("reg-secrets", List.of(), List.of("a"))).isTrue();
    assertThat(registry.changeWebhookSecrets("reg-secrets", List.of(), List.of("b"))).isFalse();
    assertThat(registry.changeWebhookSecrets("reg-secrets", List.of("a"), List.of("b", "a")))
        .isTrue();
    assertThat(registry.find("reg-secrets").orElseThrow().client().webhookSecrets())
        .containsExactly("b", "a");
  }

  @Test
  void a_forgotten_client_can_do_nothing_and_its_name_stays_taken() {
    registry.create(new Client("reg-forgotten", true, List.of("whsec_a")));

    registry.forget("reg-forgotten", NOW);
    registry.forget("reg-forgotten", NOW.plusSeconds(5));

    assertThat(registry.find("reg-forgotten"))
        .contains(
            new ClientRegistry.Registered(new Client("reg-forgotten", false, List.of()), NOW));
    assertThat(registry.create(new Client("reg-forgotten", true, List.of()))).isFalse();
  }

  /** The SDK repeats a write whose answer it missed; its condition then fails on its own result. */
  @Test
  void a_write_whose_answer_is_lost_is_known_for_its_own() {
    Client client = new Client("reg-lost", true, List.of("whsec_a"));

    assertThat(losing("PutItemRequest").create(client)).isTrue();
    assertThat(losing("PutItemRequest").addKey("reg-lost-key", "reg-lost").client())
        .isEqualTo("reg-lost");
    assertThat(
            losing("UpdateItemRequest")
                .changeWebhookSecrets("reg-lost", List.of("whsec_a"), List.of("b", "a")))
        .isTrue();
    assertThat(store.findByKey("reg-lost-key", NOW))
        .contains(new Client("reg-lost", true, List.of("b", "a")));
  }

  @Test
  void a_secret_is_told_also_if_no_answer_to_its_write_ever_came() {
    registry.create(new Client("reg-silent", true, List.of()));

    assertThat(
            losing("UpdateItemRequest", ALL_TRIES)
                .changeWebhookSecrets("reg-silent", List.of(), List.of("a")))
        .isTrue();
    assertThat(losing("PutItemRequest", ALL_TRIES).addKey("reg-silent-key", "reg-silent").client())
        .isEqualTo("reg-silent");
  }

  private static ClientRegistry losing(String requestKind) {
    return losing(requestKind, 1);
  }

  private static ClientRegistry losing(String requestKind, int answers) {
    return new ClientRegistry(
        SharedAws.dynamoDb(new LostAnswers(requestKind, answers)), SharedAws.aws().tableName());
  }

  private boolean enabled(String apiKey, Instant at) {
    return store.findByKey(apiKey, at).orElseThrow().enabled();
  }
}
