package dev.pixal3d.simulator;

import static dev.pixal3d.simulator.SimulatorSettings.ANSWER_DELAY_SECONDS;
import static dev.pixal3d.simulator.SimulatorSettings.HANG_SECONDS;
import static dev.pixal3d.simulator.SimulatorSettings.RETRY_AFTER_SECONDS;
import static dev.pixal3d.simulator.SimulatorSettings.STATUS;
import static dev.pixal3d.simulator.SimulatorSettings.SUBMIT;
import static dev.pixal3d.simulator.SimulatorSettings.SUBMIT_FAULT_FRACTION;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page's own endpoints. */
final class Gateway {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final int MAX_BODY_BYTES = 1024 * 1024;

  private final String apiKey;
  private final URI base;
  private final JobStore store;
  private final JobRunner runner;
  private final LiveSettings settings;
  private final MediaUrls mediaUrls;
  private final Statistics statistics;
  private final InstantSource time;

  Gateway(
      String apiKey,
      URI base,
      JobStore store,
      JobRunner runner,
      LiveSettings settings,
      MediaUrls mediaUrls,
      Statistics statistics,
      InstantSource time) {
    this.apiKey = apiKey;
    this.base = base;
    this.store = store;
    this.runner = runner;
    this.settings = settings;
    this.mediaUrls = mediaUrls;
    this.statistics = statistics;
    this.time = time;
  }

  /** POST /pixal3d/v1/pixal3d-request. */
  Reply submit(HttpExchange exchange) throws IOException, InterruptedException {
    statistics.submitBegins();
    try {
      if (!hasKey(exchange)) {
        return unauthorized();
      }
      SubmitBehaviour behaviour =
          settings.happens(SUBMIT_FAULT_FRACTION) ? settings.get(SUBMIT) : SubmitBehaviour.OK;
      return switch (behaviour) {
        case ANSWER_400 ->
            Reply.error(400, "Model not found", "Model 'pixal3d' not found or is disabled");
        case ANSWER_401 -> unauthorized();
        case ANSWER_402 ->
            Reply.error(402, "Insufficient Balance", "Your wallet does not have enough balance.");
        case ANSWER_403 -> Reply.error(403, "Forbidden", "This key may not use this model.");
        case ANSWER_429 -> retryAfter(Reply.error(429, "Too Many Requests", "Slow down."));
        case ANSWER_500 -> internalError();
        case ANSWER_502 -> proxyError(502, "Bad Gateway");
        case ANSWER_503 -> retryAfter(proxyError(503, "Service Unavailable"));
        case ANSWER_504 -> proxyError(504, "Gateway Timeout");
        case HANG -> hang();
        case DROP_BEFORE_ACCEPT -> new Reply.NoAnswer();
        case OK -> accepted(accept(exchange));
        case HANG_AFTER_ACCEPT -> {
          accept(exchange);
          yield hang();
        }
        case DROP_AFTER_ACCEPT -> {
          accept(exchange);
          yield new Reply.NoAnswer();
        }
        case ANSWER_500_AFTER_ACCEPT -> {
          accept(exchange);
          yield proxyError(500, "Internal Server Error");
        }
        case ANSWER_502_AFTER_ACCEPT -> {
          accept(exchange);
          yield proxyError(502, "Bad Gateway");
        }
        case ANSWER_504_AFTER_ACCEPT -> {
          accept(exchange);
          yield proxyError(504, "Gateway Timeout");
        }
        case NO_REQUEST_ID -> {
          accept(exchange);
          yield Reply.json(202, Map.of("status", JobStatus.QUEUED));
        }
        case NOT_JSON -> {
          accept(exchange);
          yield Reply.text(202, "text/plain", "Your request was queued.");
        }
      };
    } catch (BadRequestException e) {
      return Reply.error(400, "Bad Request", e.forSender());
    } finally {
      statistics.submitEnds();
    }
  }

  /** GET /v2/requests/status/{request_id}. */
  Reply status(HttpExchange exchange, String requestId) throws InterruptedException {
    statistics.statusPolls.incrementAndGet();
    if (!hasKey(exchange)) {
      return unauthorized();
    }
    return switch (settings.get(STATUS)) {
      case ANSWER_404 -> noSuchRequest(requestId);
      case ANSWER_500 -> internalError();
      case HANG -> hang();
      case NOT_JSON -> Reply.text(200, "text/plain", "All is well.");
      case OK ->
          store
              .find(requestId)
              .<Reply>map(job -> Reply.json(200, StatusReport.of(job, mediaUrls.inAnswers())))
              .orElseGet(() -> noSuchRequest(requestId));
    };
  }

  /** GET /media/v1/{request_id}/output.glb: needs no key, as on the page. */
  Reply media(String requestId) {
    return store
        .find(requestId)
        .map(Job::output)
        .<Reply>map(output -> new Reply.FileContent(store.glb(output), "model/gltf-binary"))
        .orElseGet(() -> Reply.error(404, "Not Found", "No GLB of request '" + requestId + "'"));
  }

  /** Keeps and charges the job, starts it, and lets the answer wait. */
  private Job accept(HttpExchange exchange)
      throws IOException, BadRequestException, InterruptedException {
    JsonNode request = body(exchange);
    ModelRequest.of(request);
    Instant now = time.instant();
    Job job = Job.accepted(RequestIds.next(now), request, webhook(exchange), now);
    store.add(job);
    LOG.info("Pixal3D simulator: {} accepted", job.requestId());
    runner.start(job);
    Thread.sleep(settings.duration(ANSWER_DELAY_SECONDS));
    return job;
  }

  private Reply accepted(Job job) {
    return Reply.json(
        202,
        new Accepted(
            job.requestId(), JobStatus.QUEUED, base + "/v2/requests/status/" + job.requestId()));
  }

  private static JsonNode body(HttpExchange exchange) throws IOException, BadRequestException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (bytes.length > MAX_BODY_BYTES) {
      throw new BadRequestException("The body is larger than " + MAX_BODY_BYTES + " bytes");
    }
    try {
      return Json.MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new BadRequestException("The body is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static @Nullable Webhook webhook(HttpExchange exchange) throws BadRequestException {
    String url = exchange.getRequestHeaders().getFirst("X-Webhook-URL");
    if (url == null) {
      return null;
    }
    return new Webhook(webhookUrl(url), webhookMode(exchange));
  }

  private static URI webhookUrl(String url) throws BadRequestException {
    String fault = "X-Webhook-URL must be an https URL (http is taken on this machine only)";
    try {
      URI uri = new URI(url);
      if (Urls.isWebhook(uri)) {
        return uri;
      }
      throw new BadRequestException(fault);
    } catch (URISyntaxException e) {
      throw new BadRequestException(fault, e);
    }
  }

  private static Webhook.Mode webhookMode(HttpExchange exchange) throws BadRequestException {
    String mode =
        Objects.requireNonNullElse(
            exchange.getRequestHeaders().getFirst("X-Webhook-Mode"), "terminal");
    return switch (mode) {
      case "terminal" -> Webhook.Mode.TERMINAL;
      case "sync" -> Webhook.Mode.SYNC;
      default -> throw new BadRequestException("X-Webhook-Mode must be terminal or sync");
    };
  }

  private boolean hasKey(HttpExchange exchange) {
    String key = exchange.getRequestHeaders().getFirst("Ocp-Apim-Subscription-Key");
    return key != null
        && MessageDigest.isEqual(
            key.getBytes(StandardCharsets.UTF_8), apiKey.getBytes(StandardCharsets.UTF_8));
  }

  private Reply hang() throws InterruptedException {
    Thread.sleep(settings.duration(HANG_SECONDS));
    return new Reply.NoAnswer();
  }

  private Reply.Content retryAfter(Reply.Content content) {
    long seconds = settings.get(RETRY_AFTER_SECONDS);
    return seconds == 0 ? content : content.with("Retry-After", Long.toString(seconds));
  }

  private static Reply unauthorized() {
    return Reply.error(
        401,
        "Unauthorized",
        "The header Ocp-Apim-Subscription-Key is missing, or its key is not known.");
  }

  private static Reply internalError() {
    return Reply.error(500, "Internal Server Error", "Something went wrong. Try again later.");
  }

  /** What a proxy in front of the gateway answers, not the gateway itself. */
  private static Reply.Content proxyError(int status, String reason) {
    return Reply.text(status, "text/html", "<html><h1>%d %s</h1></html>".formatted(status, reason));
  }

  private static Reply noSuchRequest(String requestId) {
    return Reply.error(404, "Not Found", "No request '" + requestId + "'");
  }

  /** The page's "Output". */
  private record Accepted(String requestId, JobStatus status, String pollingUrl) {}
}
