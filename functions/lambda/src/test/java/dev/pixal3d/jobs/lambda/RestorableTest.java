package dev.pixal3d.jobs.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.lambda.testing.FunctionWorld;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("A logger that SLF4J makes while another thread brings it up may stay silent.")
class RestorableTest {
  private static final Duration A_MOMENT = Duration.ofMillis(100);

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final PrintStream stderr = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(stderr);
  }

  private record Function(Consumer<Rehearsal> rehearsed) implements Restorable.Primable {
    @Override
    public Setting queue() {
      return Setting.NOTIFY_QUEUE_URL;
    }

    @Override
    public void rehearse(Rehearsal rehearsal) {
      rehearsed.accept(rehearsal);
    }
  }

  @Test
  void is_made_and_rehearsed_ahead_of_its_first_event() {
    var rehearsals = new ArrayList<Rehearsal>();

    var restorable = Restorable.of(ahead(Map.of()), _ -> new Function(rehearsals::add));

    assertThat(restorable.get()).isNotNull();
    assertThat(rehearsals).hasSize(1);
    assertThat(log()).doesNotContain("Not primed");
  }

  @Test
  void rehearses_submits_also_while_none_is_accepted() {
    var accepted = new ArrayList<Boolean>();

    Restorable.of(
        ahead(Map.of("ACCEPT_SUBMITS", "false")),
        application -> new Function(_ -> accepted.add(application.config().acceptSubmits())));

    assertThat(accepted).containsExactly(true);
  }

  @Test
  void takes_the_ways_to_table_and_queue_also_if_the_rehearsal_fails() {
    Map<String, String> leadingNowhere =
        Map.of("TABLE_NAME", "no-such-table", "NOTIFY_QUEUE_URL", "");

    Restorable.of(ahead(leadingNowhere), _ -> new Function(failing("the rehearsal fails")));

    assertThat(log())
        .contains("Not primed: java.lang.IllegalStateException: the rehearsal fails")
        .contains("Not primed: dev.pixal3d.jobs.core.store.StoreException")
        .contains("NOTIFY_QUEUE_URL");
  }

  private static Consumer<Rehearsal> failing(String why) {
    return _ -> {
      throw new IllegalStateException(why);
    };
  }

  @Test
  void what_takes_too_long_is_broken_off_and_it_is_told_where() {
    var ended = new CountDownLatch(1);

    Restorable.attempt(A_MOMENT, () -> waitForever(ended));

    assertThat(ended.getCount()).as("the work goes on").isZero();
    assertThat(log()).contains("Not primed: java.util.concurrent.TimeoutException", "waitForever");
  }

  private static void waitForever(CountDownLatch ended) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.countDown();
    }
  }

  @Test
  void what_does_not_let_itself_be_broken_off_is_left_to_itself() {
    var over = new CountDownLatch(1);

    Restorable.attempt(A_MOMENT, () -> deaf(over));
    over.countDown();

    assertThat(log()).contains("Not primed", "goes on");
  }

  private static void deaf(CountDownLatch over) {
    while (over.getCount() > 0) {
      try {
        over.await();
      } catch (InterruptedException _) {
        // Just this is what it does not hear.
      }
    }
  }

  private static Map<String, String> ahead(Map<String, String> changes) {
    var environment = new HashMap<>(FunctionWorld.world().environment());
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "provisioned-concurrency");
    environment.putAll(changes);
    return environment;
  }

  private String log() {
    return logged.toString(StandardCharsets.UTF_8);
  }
}
