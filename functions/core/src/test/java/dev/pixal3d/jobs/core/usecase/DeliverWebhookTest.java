package dev.pixal3d.jobs.core.usecase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.api.StatusBody;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.job.Delivery.Settled;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.testing.World;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverWebhookTest {
  private final World world = new World();

  private Job ended(WebhookMode mode) {
    return world.happens(
        world.dispatchedWithWebhook(mode), new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
  }

  private static String body(WebhookSender.Message message) {
    return new String(message.body(), UTF_8);
  }

  @Test
  void sends_just_what_the_status_endpoint_answers() {
    Job job = ended(WebhookMode.TERMINAL);

    world.notifyClients();

    assertThat(world.receiver.received).hasSize(1);
    assertThat(body(world.receiver.received.getFirst())).isEqualTo(StatusBody.status(job));
    assertThat(world.receiver.received.getFirst().url()).isEqualTo(Jobs.WEBHOOK_URL);
    assertThat(world.job(job.id()).delivery().settled()).isEqualTo(Settled.DELIVERED);
  }

  @Test
  void signs_with_all_secrets_of_the_client() {
    ended(WebhookMode.TERMINAL);

    world.notifyClients();

    assertThat(world.receiver.received.getFirst().secrets())
        .containsExactly("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  }

  @Test
  void sends_once_for_two_deliveries_of_one_message_at_the_same_time() {
    Job job = ended(WebhookMode.TERMINAL);
    world.receiver.meanwhile(() -> world.deliverWebhook().tellEnd(job.id(), job.attempt()));

    world.deliverWebhook().tellEnd(job.id(), job.attempt());

    assertThat(world.receiver.received).hasSize(1);
  }

  @Test
  void sends_again_under_the_same_id_until_it_is_taken_and_then_never_more() {
    Job job = ended(WebhookMode.TERMINAL);
    world.receiver.answers(500, 503);

    for (int i = 0; i < 5; i++) {
      world.notifyClients();
    }

    assertThat(world.receiver.received).hasSize(3);
    assertThat(world.receiver.received)
        .extracting(WebhookSender.Message::webhookId)
        .containsOnly(world.receiver.received.getFirst().webhookId());
    assertThat(world.job(job.id()).waitsFor()).isEqualTo(WaitsFor.NOTHING);
  }

  @Test
  void a_kill_between_post_and_record_costs_one_repeat() {
    Job job = ended(WebhookMode.TERMINAL);
    Job sending = world.happens(job, new Event.DeliveryBegan(job.attempt()));
    world.queues.takeAll(); // Sent, but the process died before it could say so.

    world.clock.advance(Duration.ofSeconds(30));
    world.sweep();
    Job owedAgain = world.job(job.id());
    world.deliverWebhook().tellEnd(job.id(), owedAgain.attempt());
    world.deliverWebhook().tellEnd(job.id(), sending.attempt());

    assertThat(world.receiver.received).hasSize(1);
    assertThat(world.job(job.id()).delivery().settled()).isEqualTo(Settled.DELIVERED);
  }

  @Test
  void an_event_survives_the_loss_of_every_message() {
    Job job = ended(WebhookMode.TERMINAL);
    world.queues.takeAll();

    world.clock.advance(Duration.ofSeconds(61));
    world.sweep().forEach(message -> world.queues.send(List.of(message)));
    world.notifyClients();

    assertThat(world.job(job.id()).delivery().settled()).isEqualTo(Settled.DELIVERED);
  }

  @Test
  void spares_an_endpoint_that_is_switched_off_and_keeps_what_is_owed() {
    Job job = ended(WebhookMode.TERMINAL);
    world.receiver.answers(500, 500);
    world.notifyClients();
    world.clock.advance(Duration.ofDays(5));
    world.notifyClients();
    Job second = ended(WebhookMode.TERMINAL);

    world.notifyClients();

    assertThat(world.receiver.received).hasSize(2);
    assertThat(world.job(second.id()).waitsFor()).isEqualTo(WaitsFor.DELIVERY);
    assertThat(world.job(second.id()).timeline().entries())
        .anyMatch(entry -> entry.what().equals("webhook held"));
    assertThat(world.job(job.id()).waitsFor()).isEqualTo(WaitsFor.DELIVERY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whsec_", "whsec_c2hvcnQ=", "secret"})
  void sends_nothing_without_a_usable_secret_and_keeps_what_is_owed(String unusable) {
    world.clients.put(new Client("acme", true, List.of(unusable)));
    Job job = ended(WebhookMode.TERMINAL);

    world.notifyClients();

    assertThat(world.receiver.received).isEmpty();
    assertThat(world.job(job.id()).delivery().failures()).isZero();
    assertThat(world.job(job.id()).delivery().nextAt())
        .isAfterOrEqualTo(world.clock.instant().plus(Duration.ofHours(1)));
    assertThat(world.job(job.id()).timeline().entries())
        .anyMatch(entry -> entry.detail().contains("no usable secret"));
    assertThat(world.endpoints.load(Endpoint.Key.of("acme", Jobs.WEBHOOK_URL))).isEmpty();
  }

  @Test
  void signs_with_the_usable_secrets_only() {
    String usable = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    world.clients.put(new Client("acme", true, List.of("whsec_broken", usable)));
    ended(WebhookMode.TERMINAL);

    world.notifyClients();

    assertThat(world.receiver.received.getFirst().secrets()).containsExactly(usable);
  }

  @Test
  void does_not_send_on_a_claim_that_took_too_long() {
    Job job = ended(WebhookMode.TERMINAL);
    world.store.onSave(() -> world.clock.advance(Duration.ofSeconds(14)));

    world.notifyClients();

    assertThat(world.receiver.received).isEmpty();
    assertThat(world.job(job.id()).waitsFor()).isEqualTo(WaitsFor.RECEIPT);
  }

  @Test
  void a_410_says_nothing_about_the_endpoint() {
    ended(WebhookMode.TERMINAL);
    world.receiver.answers(410);

    world.notifyClients();

    assertThat(world.endpoints.load(Endpoint.Key.of("acme", Jobs.WEBHOOK_URL))).isEmpty();
  }

  @Test
  void tells_of_every_report_in_mode_sync_each_under_its_own_id_and_of_the_end_last() {
    Job job = world.dispatchedWithWebhook(WebhookMode.SYNC);
    world.notifyClients();
    for (JobStatus status : new JobStatus[] {JobStatus.PROCESSING, JobStatus.PROCESSING}) {
      world.happens(world.job(job.id()), new Event.CalledBack(Jobs.report(status)));
      world.notifyClients();
    }
    world.happens(world.job(job.id()), new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
    world.notifyClients();

    assertThat(world.receiver.received)
        .extracting(WebhookSender.Message::webhookId)
        .doesNotHaveDuplicates();
    assertThat(world.receiver.received)
        .extracting(message -> body(message).replaceAll(".*\"status\":\"(\\w+)\".*", "$1"))
        .containsExactly("QUEUED", "PROCESSING", "PROCESSING", "COMPLETED");
  }

  @Test
  void a_report_that_was_not_taken_is_not_told_again() {
    world.dispatchedWithWebhook(WebhookMode.SYNC);
    world.receiver.answers(500);

    for (int i = 0; i < 3; i++) {
      world.notifyClients();
    }

    assertThat(world.receiver.received).hasSize(1);
  }
}
