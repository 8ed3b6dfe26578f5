package dev.pixal3d.jobs.core.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pixal3d.jobs.core.testing.MutableClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class CachedSecretsTest {
  private static final String ARN =
      "arn:aws:secretsmanager:us-east-1:123456789012:secret:callback-AbCdEf";
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Vault vault = new Vault();
  private final MutableClock clock = new MutableClock();
  private final CachedSecrets secrets = new CachedSecrets(() -> vault, clock);

  @Test
  void a_secret_that_was_never_changed_has_one_value() {
    vault.values.put("AWSCURRENT", "first");

    assertThat(secrets.read(ARN)).containsExactly("first");
  }

  @Test
  void a_secret_that_was_changed_has_the_one_before_too_until_it_is_changed_again() {
    vault.values.putAll(Map.of("AWSCURRENT", "second", "AWSPREVIOUS", "first"));
    assertThat(secrets.read(ARN)).containsExactly("second", "first");

    vault.values.putAll(Map.of("AWSCURRENT", "third", "AWSPREVIOUS", "second"));
    clock.advance(KEPT);

    assertThat(secrets.read(ARN)).containsExactly("third", "second");
  }

  @Test
  void a_secret_is_read_anew_after_five_minutes_and_not_before() {
    vault.values.put("AWSCURRENT", "old");
    secrets.read(ARN);
    vault.values.put("AWSCURRENT", "new");

    clock.advance(KEPT.minusMillis(1));
    assertThat(secrets.read(ARN)).containsExactly("old");
    clock.advance(Duration.ofMillis(1));
    assertThat(secrets.read(ARN)).containsExactly("new");
  }

  @Test
  void what_was_read_before_holds_while_secrets_manager_gives_no_answer() {
    vault.values.put("AWSCURRENT", "old");
    secrets.read(ARN);
    vault.isAway = true;

    clock.advance(KEPT.multipliedBy(100));

    assertThat(secrets.read(ARN)).containsExactly("old");
  }

  @Test
  void what_was_never_read_is_missed_by_its_name() {
    vault.isAway = true;

    assertThatExceptionOfType(SecretsException.class)
        .isThrownBy(() -> secrets.read(ARN))
        .withMessageContaining(ARN);
  }

  @Test
  void on_ones_own_machine_the_setting_is_the_secret_and_a_comma_parts_it_from_the_one_before() {
    vault.isAway = true;

    assertThat(secrets.read("new,old")).containsExactly("new", "old");
  }

  /** Holds one secret. */
  private static final class Vault implements SecretsManagerClient {
    /** By staging label. */
    private final Map<String, String> values = new HashMap<>();

    private boolean isAway;

    @Override
    public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
      assertThat(request.secretId()).isEqualTo(ARN);
      if (isAway) {
        throw SdkClientException.create("Connection refused");
      }
      String value = values.get(request.versionStage());
      if (value == null) {
        throw ResourceNotFoundException.builder().message("There is no such version").build();
      }
      return GetSecretValueResponse.builder().secretString(value).build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
