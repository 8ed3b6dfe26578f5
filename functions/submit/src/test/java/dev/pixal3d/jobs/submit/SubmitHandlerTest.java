package dev.pixal3d.jobs.submit;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.lambda.testing.Events;
import dev.pixal3d.jobs.lambda.testing.FunctionWorld;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubmitHandlerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final FunctionWorld WORLD = FunctionWorld.world();
  private static final String PATH = "/pixal3d/v1/pixal3d-request";
  private static final String DOG = "{\"image_url\":\"https://example.com/dog.png\"}";

  private final SubmitHandler handler = new SubmitHandler(WORLD.environment());

  @Test
  void takes_a_job_in_and_answers_as_the_page_says() throws Exception {
    WORLD.take("DispatchQueue");

    APIGatewayV2HTTPResponse response = submit(headers(), DOG);

    JsonNode body = body(response);
    String id = body.path("request_id").asText();
    assertThat(response.getStatusCode()).isEqualTo(202);
    assertThat(response.getHeaders())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Retry-After", "5");
    assertThat(body.properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("request_id", "status", "polling_url");
    assertThat(body.path("status").asText()).isEqualTo("QUEUED");
    assertThat(body.path("polling_url").asText())
        .isEqualTo("https://api.example.com/v2/requests/status/" + id);
    assertThat(WORLD.take("DispatchQueue"))
        .containsExactly(new JobMessage.Dispatch(new RequestId(id), 1, Duration.ZERO));
  }

  @Test
  void keeps_the_webhook_of_the_client() throws Exception {
    Map<String, String> headers = headers();
    headers.put("x-webhook-url", "https://client.example.com/hook");
    headers.put("x-webhook-mode", "sync");

    Job job = job(submit(headers, DOG));

    assertThat(job.order().webhookUrl()).hasToString("https://client.example.com/hook");
    assertThat(job.order().webhookMode()).isEqualTo(WebhookMode.SYNC);
  }

  @Test
  void names_the_host_that_the_submit_came_to_where_no_public_url_is_set() throws Exception {
    var unset = new SubmitHandler(WORLD.environment("PUBLIC_URL", ""));

    JsonNode body = body(unset.handleRequest(event(PATH, headers(), DOG), TestContext.PLENTY));

    assertThat(body.path("polling_url").asText())
        .startsWith("https://abc.execute-api.eu-west-1.amazonaws.com/v2/requests/status/pixal3d_");
  }

  @Test
  void reads_a_body_that_api_gateway_encoded() {
    APIGatewayV2HTTPEvent event =
        event(
            PATH,
            headers(),
            Base64.getEncoder().encodeToString(DOG.getBytes(StandardCharsets.UTF_8)));
    event.setIsBase64Encoded(true);

    assertThat(handler.handleRequest(event, TestContext.PLENTY).getStatusCode()).isEqualTo(202);
  }

  @Test
  void gives_the_first_answer_again_for_the_same_key_and_request() {
    Map<String, String> headers = headers();
    headers.put("idempotency-key", "submit-handler-test-1");

    APIGatewayV2HTTPResponse first = submit(headers, DOG);
    APIGatewayV2HTTPResponse second = submit(headers, " " + DOG);

    assertThat(second.getStatusCode()).isEqualTo(202);
    assertThat(second.getBody()).isEqualTo(first.getBody());
    assertThat(first.getHeaders()).doesNotContainKey("Idempotency-Replayed");
    assertThat(second.getHeaders()).containsEntry("Idempotency-Replayed", "true");
  }

  @Test
  void refuses_the_key_of_another_request() throws Exception {
    Map<String, String> headers = headers();
    headers.put("idempotency-key", "submit-handler-test-2");
    submit(headers, DOG);

    APIGatewayV2HTTPResponse response =
        submit(headers, "{\"image_url\":\"https://example.com/cat.png\"}");

    assertError(response, 422, "Unprocessable Content");
  }

  @Test
  void tells_all_faults_at_once() throws Exception {
    Map<String, String> headers = headers();
    headers.put("x-webhook-url", "http://client.example.com/hook");

    APIGatewayV2HTTPResponse response = submit(headers, "{\"resolution\":7,\"texture_sise\":1024}");

    assertError(response, 400, "Bad Request");
    assertThat(body(response).path("details").findValuesAsText("field"))
        .containsExactlyInAnyOrder("X-Webhook-URL", "image_url", "resolution", "texture_sise");
  }

  @Test
  void lets_nobody_in_without_a_key() throws Exception {
    assertError(
        submit(new HashMap<>(Map.of("content-type", "application/json")), DOG),
        401,
        "Unauthorized");
  }

  @Test
  void lets_nobody_in_with_an_unknown_key() throws Exception {
    assertError(submit(headersWith("nobody's"), DOG), 401, "Unauthorized");
  }

  @Test
  void lets_nobody_in_who_is_disabled() throws Exception {
    assertError(submit(headersWith(FunctionWorld.DISABLED_KEY), DOG), 403, "Forbidden");
  }

  @Test
  void knows_no_other_model() throws Exception {
    APIGatewayV2HTTPEvent event =
        Events.http(
            "POST /{model}/v1/{operation}",
            "/trellis/v1/trellis-request",
            Map.of("model", "trellis", "operation", "trellis-request"),
            headers(),
            DOG);

    APIGatewayV2HTTPResponse response = handler.handleRequest(event, TestContext.PLENTY);

    assertThat(response.getStatusCode()).isEqualTo(400);
    assertThat(response.getBody())
        .isEqualTo(
            "{\"error\":\"Model not found\",\"message\":\"Model 'trellis' not found or is"
                + " disabled\"}");
  }

  @Test
  void takes_nothing_in_during_a_maintenance() {
    var closed = new SubmitHandler(WORLD.environment("ACCEPT_SUBMITS", "false"));

    APIGatewayV2HTTPResponse response =
        closed.handleRequest(event(PATH, headers(), DOG), TestContext.PLENTY);

    assertThat(response.getBody())
        .isEqualTo(
            "{\"error\":\"Model not found\",\"message\":\"Model 'pixal3d' not found or is"
                + " disabled\"}");
  }

  @Test
  void answers_its_own_trouble_in_the_same_shape() throws Exception {
    var broken = new SubmitHandler(WORLD.environment("TABLE_NAME", "no-such-table"));

    assertError(
        broken.handleRequest(event(PATH, headers(), DOG), TestContext.PLENTY),
        500,
        "Internal Server Error");
  }

  private APIGatewayV2HTTPResponse submit(Map<String, String> headers, @Nullable String body) {
    return handler.handleRequest(event(PATH, headers, body), TestContext.PLENTY);
  }

  private static APIGatewayV2HTTPEvent event(
      String path, Map<String, String> headers, @Nullable String body) {
    return Events.http("POST " + path, path, Map.of(), headers, body);
  }

  private static Map<String, String> headers() {
    return headersWith(FunctionWorld.API_KEY);
  }

  private static Map<String, String> headersWith(String key) {
    return new HashMap<>(
        Map.of("content-type", "application/json", "ocp-apim-subscription-key", key));
  }

  private static Job job(APIGatewayV2HTTPResponse response) throws Exception {
    return WORLD
        .store()
        .load(new RequestId(body(response).path("request_id").asText()))
        .orElseThrow();
  }

  private static void assertError(APIGatewayV2HTTPResponse response, int status, String error)
      throws Exception {
    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(body(response).path("error").asText()).isEqualTo(error);
    assertThat(body(response).path("message").asText()).isNotEmpty();
  }

  private static JsonNode body(APIGatewayV2HTTPResponse response) throws Exception {
    return JSON.readTree(response.getBody());
  }
}
