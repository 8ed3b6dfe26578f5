package dev.pixal3d.jobs.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.usecase.Authentication;
import dev.pixal3d.jobs.core.usecase.Authentication.Caller;
import dev.pixal3d.jobs.core.webhook.WebhookSignature;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private final Tool tool = new Tool();

  @Test
  void aNewClientGetsAKeyThatIsTakenAndAUsableWebhookSecret() {
    JsonNode made = tool.run("keys", "create", "new-client", "--json").json();

    String key = made.path("api_key").asText();
    assertThat(caller(key)).isInstanceOf(Caller.Known.class);
    assertThat(key).startsWith("p3dkey_").hasSizeGreaterThanOrEqualTo(7 + 43);
    Client client = Tool.CLIENTS.findByName("new-client").orElseThrow();
    assertThat(client.webhookSecrets())
        .containsExactly(made.path("webhook_secret").asText())
        .allMatch(WebhookSignature::isSecret);
  }

  @Test
  void aSecretIsShownAtItsMakingAndNeverAgain() {
    Tool.Run made = tool.run("keys", "create", "shown-once");
    JsonNode second = tool.run("keys", "create", "shown-once", "--json").json();
    Client client = Tool.CLIENTS.findByName("shown-once").orElseThrow();
    String webhookSecret = client.webhookSecrets().getFirst();

    assertThat(made.out()).contains(webhookSecret).contains("p3dkey_").contains("not shown again");
    assertThat(second.has("webhook_secret")).as("the client was there").isFalse();
    for (Tool.Run later :
        List.of(
            tool.run("keys", "list"),
            tool.run("keys", "list", "--json"),
            tool.run("keys", "disable", second.path("key_id").asText()),
            tool.run("export", "--client", "shown-once"))) {
      assertThat(later.code()).as(later.err()).isZero();
      assertThat(later.everything()).doesNotContain("whsec_").doesNotContain("p3dkey_");
    }
  }

  @Test
  void listsClientsWithTheIdsOfTheirKeysAlsoOfThoseMadeByHand() {
    Tool.CLIENTS.put(new Client("by-hand", true, List.of("whsec_a", "whsec_b")));
    Tool.CLIENTS.putKey("a-key-made-by-hand", "by-hand");

    JsonNode client = listed("by-hand");

    assertThat(client.path("enabled").asBoolean()).isTrue();
    assertThat(client.path("webhook_secrets").asInt()).isEqualTo(2);
    assertThat(client.path("keys").path(0).path("key_id").asText()).matches("[0-9a-f]{12}");
    assertThat(tool.run("keys", "list").out())
        .contains("by-hand")
        .contains(client.path("keys").path(0).path("key_id").asText());
  }

  @Test
  void aDisabledKeyIsRefusedAndTheClientsOtherKeyIsNot() {
    JsonNode one = tool.run("keys", "create", "two-keys", "--json").json();
    JsonNode other = tool.run("keys", "create", "two-keys", "--json").json();

    assertThat(tool.run("keys", "disable", one.path("key_id").asText()).code()).isZero();

    assertThat(caller(one.path("api_key").asText())).isInstanceOf(Caller.Disabled.class);
    assertThat(caller(other.path("api_key").asText())).isInstanceOf(Caller.Known.class);

    assertThat(tool.run("keys", "enable", one.path("key_id").asText()).code()).isZero();

    assertThat(caller(one.path("api_key").asText())).isInstanceOf(Caller.Known.class);
  }

  @Test
  void aDisabledKeyIsRefusedAtOnceAlsoIfTheOperatorsClockIsFast() {
    JsonNode disabled = tool.run("keys", "create", "fast-clock", "--json").json();
    JsonNode rotated = tool.run("keys", "create", "fast-clock", "--json").json();
    Tool fast = tool.later(Duration.ofMinutes(10));

    fast.run("keys", "disable", disabled.path("key_id").asText());
    assertThat(caller(disabled.path("api_key").asText())).isInstanceOf(Caller.Disabled.class);

    fast.run("keys", "rotate", "fast-clock", "--overlap", "0s");
    assertThat(caller(rotated.path("api_key").asText())).isInstanceOf(Caller.Disabled.class);
  }

  @Test
  void aRotationDoesNotPutOffTheEndOfAKeyThatIsDisabled() {
    JsonNode made = tool.run("keys", "create", "stays-out", "--json").json();
    tool.run("keys", "disable", made.path("key_id").asText());

    tool.run("keys", "rotate", "stays-out");

    assertThat(caller(made.path("api_key").asText())).isInstanceOf(Caller.Disabled.class);
  }

  @Test
  void aKeyThatIsEnabledSaysSoIfItsClientIsStillDisabled() {
    String keyId = tool.run("keys", "create", "still-out", "--json").json().path("key_id").asText();
    tool.run("keys", "disable", "--client", "still-out");

    assertThat(tool.run("keys", "enable", keyId).out())
        .contains("client is disabled")
        .contains("keys enable --client still-out");
  }

  @Test
  void aDisabledClientIsRefusedWithAllItsKeys() {
    JsonNode made = tool.run("keys", "create", "whole-client", "--json").json();

    assertThat(tool.run("keys", "disable", "--client", "whole-client").code()).isZero();

    assertThat(caller(made.path("api_key").asText())).isInstanceOf(Caller.Disabled.class);
    assertThat(tool.run("keys", "create", "whole-client").code()).isEqualTo(6);
    assertThat(tool.run("keys", "enable", "--client", "whole-client").code()).isZero();
    assertThat(caller(made.path("api_key").asText())).isInstanceOf(Caller.Known.class);
  }

  @Test
  void afterARotationTheOldKeyWorksForADayAndTheNewOneOn() {
    JsonNode made = tool.run("keys", "create", "rotated", "--json").json();

    JsonNode rotated = tool.run("keys", "rotate", "rotated", "--json").json();

    String old = made.path("api_key").asText();
    assertThat(caller(old)).isInstanceOf(Caller.Known.class);
    assertThat(callerIn(Duration.ofHours(24), old)).isInstanceOf(Caller.Disabled.class);
    assertThat(callerIn(Duration.ofHours(24), rotated.path("api_key").asText()))
        .isInstanceOf(Caller.Known.class);
    assertThat(rotated.path("disabled_key_ids").path(0).asText())
        .isEqualTo(made.path("key_id").asText());
  }

  @Test
  void aRotationWithoutOverlapStopsTheOldKeyAtOnce() {
    JsonNode made = tool.run("keys", "create", "rotated-now", "--json").json();

    tool.run("keys", "rotate", "rotated-now", "--overlap", "0s");

    assertThat(caller(made.path("api_key").asText())).isInstanceOf(Caller.Disabled.class);
  }

  @Test
  void aWebhookSecretIsRotatedInTwoStepsBetweenWhichBothAreUsed() {
    String old =
        tool.run("keys", "create", "hook", "--json").json().path("webhook_secret").asText();

    String fresh =
        tool.run("keys", "rotate", "hook", "--webhook-secret", "--json")
            .json()
            .path("webhook_secret")
            .asText();

    assertThat(secrets("hook")).containsExactly(fresh, old);
    assertThat(tool.run("keys", "rotate", "hook", "--webhook-secret").code())
        .as("a second one before the first has ended")
        .isEqualTo(6);

    assertThat(tool.run("keys", "rotate", "hook", "--webhook-secret", "--finish").code()).isZero();
    assertThat(tool.run("keys", "rotate", "hook", "--webhook-secret", "--finish").code()).isZero();

    assertThat(secrets("hook")).containsExactly(fresh);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Acme", ".acme", "a cme", "", "a/b", "a#b"})
  void aClientsNameIsPlain(String name) {
    Tool.Run run = tool.run("keys", "create", name);

    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("client name");
  }

  @Test
  void saysWhatIsNotThereByAnExitCodeOfItsOwn() {
    assertThat(tool.run("keys", "disable", "0123456789ab").code()).isEqualTo(5);
    assertThat(tool.run("keys", "disable", "--client", "nobody").code()).isEqualTo(5);
    assertThat(tool.run("keys", "rotate", "nobody").code()).isEqualTo(5);
    assertThat(tool.run("keys", "disable", "short").code()).isEqualTo(2);
    assertThat(tool.run("keys", "disable").code()).isEqualTo(2);
    assertThat(tool.run("keys", "rotate", "nobody", "--finish").code()).isEqualTo(2);
    assertThat(tool.run("keys", "rotate", "nobody", "--overlap", "soon").code()).isEqualTo(2);
  }

  private JsonNode listed(String client) {
    return StreamSupport.stream(tool.run("keys", "list", "--json").json().spliterator(), false)
        .filter(one -> one.path("client").asText().equals(client))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> secrets(String client) {
    return Tool.CLIENTS.findByName(client).orElseThrow().webhookSecrets();
  }

  private static Caller caller(String apiKey) {
    return callerIn(Duration.ZERO, apiKey);
  }

  /** As functions see a key some time from now, having never seen it before. */
  private static Caller callerIn(Duration time, String apiKey) {
    return new Authentication(Tool.CLIENTS, () -> Tool.now().plus(time)).caller(apiKey);
  }
}
