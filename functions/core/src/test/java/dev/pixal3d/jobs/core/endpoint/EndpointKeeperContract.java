package dev.pixal3d.jobs.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.endpoint.EndpointKeeper.Admission;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.testing.MutableClock;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How endpoints are switched off and on, on whatever store. */
public abstract class EndpointKeeperContract {
  private final MutableClock clock = new MutableClock();
  private final Endpoint.Key key =
      Endpoint.Key.of(
          "acme", URI.create("https://" + UUID.randomUUID() + ".example.com/hook?token=x"));

  protected abstract EndpointStore store();

  @Test
  void one_that_never_failed_is_on() {
    assertThat(keeper().ask(key)).isEqualTo(new Admission.Open(null));
  }

  @Test
  void one_that_failed_for_less_than_five_days_is_on() {
    fail();
    clock.advance(Duration.ofDays(5).minusMillis(1));
    fail();

    assertThat(keeper().ask(key)).isInstanceOf(Admission.Open.class);
  }

  @Test
  void one_that_only_failed_for_five_days_is_switched_off() {
    switchOff();

    assertThat(keeper().ask(key))
        .isEqualTo(new Admission.Off(clock.instant().plus(EndpointKeeper.PROBE_PAUSE)));
  }

  @Test
  void a_success_in_between_begins_the_five_days_anew() {
    fail();
    clock.advance(Duration.ofDays(3));
    succeed();
    fail();
    clock.advance(Duration.ofDays(3));
    fail();

    assertThat(keeper().ask(key)).isInstanceOf(Admission.Open.class);
  }

  @Test
  void while_it_is_off_one_asker_an_hour_becomes_the_probe() {
    switchOff();
    clock.advance(EndpointKeeper.PROBE_PAUSE);

    assertThat(keeper().ask(key)).isInstanceOf(Admission.Open.class);
    assertThat(keeper().ask(key)).isInstanceOf(Admission.Off.class);
  }

  @Test
  void the_first_success_of_a_probe_switches_it_on() {
    switchOff();
    clock.advance(EndpointKeeper.PROBE_PAUSE);
    succeed();

    assertThat(keeper().ask(key)).isEqualTo(new Admission.Open(null));
  }

  @Test
  void a_probe_that_fails_leaves_it_off() {
    switchOff();
    clock.advance(EndpointKeeper.PROBE_PAUSE);
    fail();

    assertThat(keeper().ask(key)).isInstanceOf(Admission.Off.class);
  }

  @Test
  void the_same_server_of_another_client_is_another_endpoint() {
    switchOff();

    assertThat(keeper().ask(new Endpoint.Key("globex", key.server())))
        .isInstanceOf(Admission.Open.class);
  }

  private void switchOff() {
    fail();
    clock.advance(Duration.ofDays(5));
    fail();
  }

  private void fail() {
    keeper().learn(key, (Admission.Open) keeper().ask(key), false);
  }

  private void succeed() {
    keeper().learn(key, (Admission.Open) keeper().ask(key), true);
  }

  private EndpointKeeper keeper() {
    return new EndpointKeeper(store(), clock, Metrics.NONE);
  }
}
