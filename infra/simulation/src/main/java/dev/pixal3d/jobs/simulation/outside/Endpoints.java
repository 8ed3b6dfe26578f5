package dev.pixal3d.jobs.simulation.outside;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.simulation.aws.Sandbox;
import dev.pixal3d.jobs.simulation.promise.Promises;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.Faults;
import dev.pixal3d.jobs.simulation.world.World;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The servers of clients that take webhooks, and the way there. */
public final class Endpoints {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_ATTEMPT_MILLIS = 15_000;

  private final World world;
  private final Promises promises;
  private final RandomGenerator random;

  public Endpoints(World world, Promises promises) {
    this.world = world;
    this.promises = promises;
    this.random = world.chance().of("endpoints");
  }

  /** A sandbox's way to them. */
  public WebhookSender from(Sandbox sandbox) {
    return message -> send(sandbox, message);
  }

  private WebhookSender.Receipt send(Sandbox sandbox, WebhookSender.Message message) {
    JsonNode body = read(message.body());
    JobStatus status = JobStatus.valueOf(body.path("status").asText());
    promises.telling(body.path("request_id").asText(), message.webhookId(), status);
    Instant at = Instant.ofEpochMilli(world.now());
    return sandbox.effect(
        () -> "tells " + message.webhookId() + " " + status,
        () -> receipt(at, message.url().getHost().startsWith("dead")));
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A webhook's body is no JSON", e);
    } catch (IOException e) {
      throw new IllegalStateException("A webhook's body cannot be read", e);
    }
  }

  private WebhookSender.Receipt receipt(Instant at, boolean dead) {
    Faults faults = world.faults();
    if (dead) {
      return receipt(at, 500, null);
    }
    if (faults.strikes(Fault.ENDPOINT_HANGS)) {
      world.agenda().pause(LONGEST_ATTEMPT_MILLIS);
      return receipt(at, null, null);
    }
    if (faults.strikes(Fault.ENDPOINT_FAILS)) {
      boolean busy = faults.of(Fault.ENDPOINT_FAILS).nextBoolean();
      return busy
          ? receipt(at, 429, Duration.ofSeconds(faults.of(Fault.ENDPOINT_FAILS).nextInt(7200)))
          : receipt(at, 500, null);
    }
    if (faults.strikes(Fault.ENDPOINT_REDIRECTS)) {
      return receipt(at, 302, null);
    }
    if (faults.strikes(Fault.ENDPOINT_GONE)) {
      return receipt(at, 410, null);
    }
    world.agenda().pause(1 + random.nextInt(3_000));
    return receipt(at, 200, null);
  }

  private WebhookSender.Receipt receipt(
      Instant at, @Nullable Integer status, @Nullable Duration retryAfter) {
    Duration duration = Duration.between(at, Instant.ofEpochMilli(world.now()));
    String error =
        status == null ? "no answer within 15 s" : status == 200 ? null : "answered " + status;
    return new WebhookSender.Receipt(at, duration, status, error, retryAfter, "", "");
  }
}
