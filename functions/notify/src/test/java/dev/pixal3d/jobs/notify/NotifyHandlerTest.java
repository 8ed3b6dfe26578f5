package dev.pixal3d.jobs.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pixal3d.jobs.core.api.StatusBody;
import dev.pixal3d.jobs.core.job.Delivery.Settled;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.lambda.testing.Events;
import dev.pixal3d.jobs.lambda.testing.FunctionWorld;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotifyHandlerTest {
  private static final FunctionWorld WORLD = FunctionWorld.world();
  private static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);

  private final NotifyHandler handler = new NotifyHandler(WORLD.environment());
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private volatile int failures;
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          try (exchange) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            signatures.add(exchange.getRequestHeaders().getFirst("webhook-signature"));
            exchange.sendResponseHeaders(bodies.size() <= failures ? 500 : 204, -1);
          }
        });
    receiver.start();
  }

  @AfterEach
  void stop() {
    receiver.stop(0);
  }

  @Test
  void tells_a_client_of_the_end_once_for_a_message_that_comes_twice() {
    Job job = ended();
    var message = new JobMessage.Notify(job.id(), job.attempt(), Duration.ZERO);

    var response = handler.handleRequest(Events.batch(message, message), TestContext.PLENTY);

    assertThat(response.getBatchItemFailures()).isEmpty();
    assertThat(bodies).containsExactly(StatusBody.status(job));
    assertThat(signatures).allMatch(signature -> signature.startsWith("v1,"));
    assertThat(WORLD.store().load(job.id()).orElseThrow().delivery().settled())
        .isEqualTo(Settled.DELIVERED);
  }

  @Test
  void tells_a_receiver_that_fails_twice_exactly_once_more() {
    failures = 2;
    Job job = ended();

    for (int i = 0; i < 5; i++) {
      Job now = WORLD.store().load(job.id()).orElseThrow();
      handler.handleRequest(
          Events.batch(new JobMessage.Notify(job.id(), now.attempt(), Duration.ZERO)),
          TestContext.PLENTY);
    }

    assertThat(bodies).hasSize(3);
    assertThat(WORLD.store().load(job.id()).orElseThrow().delivery().settled())
        .isEqualTo(Settled.DELIVERED);
  }

  @Test
  void gives_back_what_is_not_for_it() {
    var poll = new JobMessage.Poll(Jobs.id(1), 1, Duration.ZERO);

    assertThat(handler.handleRequest(Events.batch(poll), TestContext.PLENTY).getBatchItemFailures())
        .hasSize(1);
  }

  private Job ended() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    var order =
        new Job.Order(
            "{}",
            URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook"),
            WebhookMode.TERMINAL,
            URI.create("https://api.example.com"));
    var id = new RequestIds(InstantSource.system(), new SecureRandom()).get();
    Job job =
        Jobs.after(
            LIFECYCLE,
            LIFECYCLE.accept(id, FunctionWorld.CLIENT, order, now).job(),
            now,
            new Event.UpstreamAccepted(Jobs.UPSTREAM_ID),
            new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)));
    WORLD.store().create(job);
    return job;
  }
}
