package dev.pixal3d.jobs.local.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.embedded.Route;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFrontTest {
  private static HttpFront front;
  private static final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void open() throws IOException {
    front = HttpFront.bind(0);
    Map<Route, FunctionHost> routes = new HashMap<>();
    for (String name : new String[] {"EchoFunction", "SlowFunction"}) {
      FunctionHost host = SmallTemplate.host(name);
      SmallTemplate.function(name).routes().forEach(route -> routes.put(route, host));
    }
    front.open(RouteTable.of(routes), ApiDocs.of(Path.of("../openapi.yaml")));
  }

  @AfterAll
  static void close() {
    front.close();
  }

  @Test
  void the_event_tells_what_was_asked_for() throws Exception {
    JsonNode event = echo(get("/things/a%20b?x=1&y=%C3%A4&x=2&empty"));

    assertThat(event.path("version").asText()).isEqualTo("2.0");
    assertThat(event.path("routeKey").asText()).isEqualTo("GET /things/{id}");
    assertThat(event.path("rawPath").asText()).isEqualTo("/things/a b");
    assertThat(event.path("rawQueryString").asText()).isEqualTo("x=1&y=%C3%A4&x=2&empty");
    assertThat(event.path("pathParameters"))
        .isEqualTo(new ObjectMapper().readTree("{\"id\":\"a b\"}"));
    assertThat(event.path("queryStringParameters"))
        .isEqualTo(new ObjectMapper().readTree("{\"x\":\"1,2\",\"y\":\"ä\",\"empty\":\"\"}"));
    assertThat(event.path("isBase64Encoded").isBoolean()).isTrue();
    assertThat(event.has("body")).isFalse();
  }

  @Test
  void the_request_context_tells_who_asked_and_when() throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            request("/things/7").header("User-Agent", "test").build(), BodyHandlers.ofByteArray());
    JsonNode context = echo(answer).path("requestContext");

    assertThat(context.path("http").path("method").asText()).isEqualTo("GET");
    assertThat(context.path("http").path("path").asText()).isEqualTo("/things/7");
    assertThat(context.path("http").path("sourceIp").asText()).isEqualTo("127.0.0.1");
    assertThat(context.path("http").path("protocol").asText()).isEqualTo("HTTP/1.1");
    assertThat(context.path("http").path("userAgent").asText()).isEqualTo("test");
    assertThat(context.path("domainName").asText()).isEqualTo("127.0.0.1");
    assertThat(context.path("routeKey").asText()).isEqualTo("GET /things/{id}");
    assertThat(context.path("stage").asText()).isEqualTo("$default");
    assertThat(context.path("requestId").asText())
        .isEqualTo(answer.headers().firstValue("apigw-requestid").orElseThrow());
    assertThat(Instant.ofEpochMilli(context.path("timeEpoch").asLong()))
        .isBetween(Instant.now().minus(1, ChronoUnit.MINUTES), Instant.now());
    assertThat(context.path("time").asText())
        .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
  }

  @Test
  void header_names_are_in_lower_case_and_values_of_one_name_are_joined() throws Exception {
    JsonNode event =
        echo(
            http.send(
                request("/things/7")
                    .header("X-Twice", "a")
                    .header("X-Twice", "b")
                    .header("Cookie", "c=1; d=2")
                    .build(),
                BodyHandlers.ofByteArray()));

    assertThat(event.path("headers").path("x-twice").asText()).isEqualTo("a,b");
    assertThat(event.path("headers").has("cookie")).isFalse();
    assertThat(event.path("cookies")).extracting(JsonNode::asText).containsExactly("c=1", "d=2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "text/plain; charset=utf-8", "application/problem+json"})
  void a_body_of_a_text_type_comes_as_it_is(String type) throws Exception {
    JsonNode event = echo(post("/things", type, "{\"ä\":1}".getBytes(UTF_8)));

    assertThat(event.path("body").asText()).isEqualTo("{\"ä\":1}");
    assertThat(event.path("isBase64Encoded").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"application/octet-stream", "application/x-www-form-urlencoded", "image/png"})
  void a_body_of_another_type_comes_in_base64(String type) throws Exception {
    JsonNode event = echo(post("/things", type, new byte[] {0, (byte) 0xff}));

    assertThat(event.path("body").asText()).isEqualTo("AP8=");
    assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
  }

  @Test
  void a_text_that_is_no_utf8_comes_in_base64() throws Exception {
    JsonNode event = echo(post("/things", "application/json", new byte[] {0, (byte) 0xff}));

    assertThat(event.path("body").asText()).isEqualTo("AP8=");
    assertThat(event.path("isBase64Encoded").asBoolean()).isTrue();
  }

  @Test
  void an_answer_in_base64_goes_out_as_bytes() throws Exception {
    assertThat(get("/things/7?do=binary").body()).containsExactly(0, 0xff);
  }

  @Test
  void an_answers_cookies_and_headers_go_out_but_its_length_is_the_servers_word() throws Exception {
    HttpResponse<byte[]> answer = get("/things/7?do=cookies");

    assertThat(answer.headers().allValues("set-cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(answer.body().length);
  }

  @Test
  void an_answer_may_be_empty() throws Exception {
    assertThat(get("/things/7?do=empty").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing/here, 404, Not Found",
    "/things/7?do=throw, 500, Internal Server Error",
    "/things/7?do=nonsense, 500, Internal Server Error",
    "/slow?do=sleep, 500, Internal Server Error",
  })
  void what_goes_wrong_is_answered_as_api_gateway_does(String path, int status, String message)
      throws Exception {
    HttpResponse<byte[]> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(new String(answer.body(), UTF_8)).isEqualTo("{\"message\":\"" + message + "\"}");
  }

  @Test
  void a_body_over_10_megabytes_is_too_long() throws Exception {
    HttpResponse<byte[]> answer =
        post("/things", "application/json", new byte[10 * 1024 * 1024 + 1]);

    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void headers_over_10240_bytes_are_too_large() throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            request("/things/7").header("X-Long", "x".repeat(10_240)).build(),
            BodyHandlers.ofByteArray());

    assertThat(answer.statusCode()).isEqualTo(431);
  }

  @Test
  void one_port_is_taken_once() {
    assertThatThrownBy(() -> HttpFront.bind(front.port())).isInstanceOf(BindException.class);
  }

  private static HttpResponse<byte[]> get(String path) throws Exception {
    return http.send(request(path).build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(String path, String type, byte[] body) throws Exception {
    return http.send(
        request(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)).build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + front.port() + path));
  }

  private static JsonNode echo(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }
}
