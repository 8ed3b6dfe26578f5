package dev.pixal3d.jobs.core.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixal3d.jobs.core.testing.Jobs;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobMessageJsonTest {
  static Stream<JobMessage> messages() {
    return Stream.of(
        new JobMessage.Dispatch(Jobs.id(1), 3, Duration.ZERO),
        new JobMessage.Poll(Jobs.id(2), 7, Duration.ZERO),
        new JobMessage.Notify(Jobs.id(3), 9, Duration.ZERO),
        new JobMessage.Progress(Jobs.id(4), 2),
        new JobMessage.SweepShard(11),
        new JobMessage.SweepAll());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void reads_what_it_writes(JobMessage message) {
    assertThat(JobMessageJson.read(JobMessageJson.write(message))).isEqualTo(message);
  }

  @Test
  void passes_over_what_newer_code_added() {
    String body = "{\"poll\":\"%s\",\"attempt\":2,\"new\":{}}".formatted(Jobs.id(1));

    assertThat(JobMessageJson.read(body))
        .isEqualTo(new JobMessage.Poll(Jobs.id(1), 2, Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "poison",
        "[]",
        "{}",
        "{\"sweep\":\"some\"}",
        "{\"dispatch\":\"gate#dispatch\",\"attempt\":1}",
        "{\"notify\":\"pixal3d_019e0000-0000-7000-8000-000000000001\"}",
        "{\"progress\":\"client#acme\",\"report\":1}",
        "{\"poll\":\"pixal3d_019e0000-0000-7000-8000-000000000001\"}",
      })
  void says_that_anything_else_is_no_message_of_ours(String body) {
    assertThatThrownBy(() -> JobMessageJson.read(body))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Not a");
  }
}
