package dev.pixal3d.jobs.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  /** A setting that is added has to be decided on here too. */
  @Test
  void has_these_settings_and_defaults() {
    String all =
        Arrays.stream(Setting.values())
            .map(setting -> setting + "=" + setting.defaultValue())
            .collect(Collectors.joining("\n", "", "\n"));

    assertThat(all)
        .isEqualTo(
            """
            PIXAL3D_BASE_URL=https://gateway.pixazo.ai
            PIXAL3D_API_KEY=null
            CALLBACK_SECRET=null
            PUBLIC_URL=
            ACCEPT_SUBMITS=true
            FIRST_POLL_SECONDS=180
            POLL_MAX_SECONDS=600
            READ_THROUGH_SECONDS=60
            DISPATCH_BACKOFF_SECONDS=5
            UNKNOWN_GRACE_SECONDS=7200
            ON_UNKNOWN_SUBMIT=fail
            JOB_DEADLINE_SECONDS=7200
            VERIFY_CALLBACKS=token
            MEDIA_HOSTS=.r2.dev,.pixazo.ai
            DUE_SHARDS=16
            RETENTION_DAYS=30
            TABLE_NAME=null
            DISPATCH_QUEUE_URL=null
            POLL_QUEUE_URL=null
            NOTIFY_QUEUE_URL=null
            SWEEP_QUEUE_URL=null
            ALLOW_LOOPBACK=false
            CLOCKS_APART_SECONDS=180
            """);
  }

  @Test
  void names_the_setting_that_is_missing() {
    assertThatThrownBy(() -> config("X", "1").text(Setting.TABLE_NAME))
        .isInstanceOf(ConfigException.class)
        .hasMessage("The setting TABLE_NAME is missing: The DynamoDB table.");
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST_POLL_SECONDS, soon", "FIRST_POLL_SECONDS, 0", "FIRST_POLL_SECONDS, 1.5",
    "RETENTION_DAYS, 1", "ON_UNKNOWN_SUBMIT, retry", "JOB_DEADLINE_SECONDS, 99999999999"
  })
  void names_the_value_that_cannot_be_used_and_what_it_takes(String name, String value) {
    assertThatThrownBy(() -> config(name, value).lifecycle())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("The setting " + name + " is '" + value + "', but it takes ");
  }

  @ParameterizedTest
  @CsvSource({"http://gateway.example", "gateway.example", "ftp://x", "'https://'"})
  void takes_only_https_for_pixal3d(String url) {
    assertThatThrownBy(() -> config("PIXAL3D_BASE_URL", url).pixal3dBaseUrl())
        .isInstanceOf(ConfigException.class);
  }

  @Test
  void takes_plain_http_on_this_machine_where_that_is_allowed() {
    Config local =
        new Config(Map.of("ALLOW_LOOPBACK", "true", "PIXAL3D_BASE_URL", "http://localhost:1234/"));

    assertThat(local.pixal3dBaseUrl()).hasToString("http://localhost:1234");
  }

  @Test
  void reads_times_in_their_units() {
    assertThat(config("FIRST_POLL_SECONDS", "7").lifecycle().firstPoll())
        .isEqualTo(Duration.ofSeconds(7));
    assertThat(config("RETENTION_DAYS", "7").lifecycle().retention()).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void knows_no_public_url_by_default() {
    assertThat(config("X", "1").publicUrl()).isEmpty();
  }

  private static Config config(String name, String value) {
    return new Config(Map.of(name, value));
  }
}
