package dev.pixal3d.jobs.local.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.embedded.FunctionResource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FunctionInJvmTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  @Test
  void the_handler_gets_the_event_and_the_environment_of_the_template() throws Exception {
    try (FunctionHost host = SmallTemplate.host("EchoFunction")) {
      JsonNode echo = echo(host.invoke("{\"rawPath\":\"/ä\"}".getBytes(UTF_8)).get());

      assertThat(echo.path("rawPath").asText()).isEqualTo("/ä");
      assertThat(echo.path("environment").path("GREETING").asText()).isEqualTo("hello");
      assertThat(echo.path("function").asText()).isEqualTo("EchoFunction");
    }
  }

  @Test
  void the_remaining_time_counts_down_from_the_templates_timeout() throws Exception {
    try (FunctionHost host = SmallTemplate.host("EchoFunction")) {
      JsonNode echo = echo(host.invoke("{}".getBytes(UTF_8)).get());

      assertThat(echo.path("remainingMillis").asInt()).isBetween(1, 5_000);
    }
  }

  @Test
  void events_of_sqs_are_read_by_lambdas_own_names() throws Exception {
    try (FunctionHost host = SmallTemplate.host("WorkFunction")) {
      byte[] answer =
          host.invoke("{\"Records\":[{\"messageId\":\"m1\",\"body\":\"fail\"}]}".getBytes(UTF_8))
              .get();

      assertThat(new String(answer, UTF_8))
          .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"}]}");
    }
  }

  @Test
  void an_invocation_that_overruns_the_timeout_fails_and_is_interrupted() throws Exception {
    try (FunctionHost host = SmallTemplate.host("SlowFunction")) {
      var answer = host.invoke("{\"queryStringParameters\":{\"do\":\"sleep\"}}".getBytes(UTF_8));

      assertThatThrownBy(() -> answer.get(DEADLINE.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasMessageContaining("SlowFunction timed out after 1.00 seconds");
      assertThat(EchoHandler.interrupted.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void an_invocation_whose_handler_throws_fails() {
    try (FunctionHost host = SmallTemplate.host("EchoFunction")) {
      var answer = host.invoke("{\"queryStringParameters\":{\"do\":\"throw\"}}".getBytes(UTF_8));

      assertThatThrownBy(answer::get).rootCause().hasMessage("asked to throw");
    }
  }

  @Test
  void after_the_close_nothing_is_invoked() {
    FunctionHost host = SmallTemplate.host("EchoFunction");
    host.close();

    assertThatThrownBy(host.invoke("{}".getBytes(UTF_8))::get)
        .hasMessageContaining("EchoFunction is being shut down");
  }

  @Test
  void a_class_that_is_not_there_is_named_with_what_to_do() {
    assertThatThrownBy(() -> load("dev.pixal3d.jobs.Missing"))
        .isInstanceOf(InvocationFailedException.class)
        .hasMessageContaining("dev.pixal3d.jobs.Missing")
        .hasMessageContaining("add the function's module to infra/local/pom.xml");
  }

  @Test
  void a_constructor_that_throws_is_heard() {
    assertThatThrownBy(() -> load(Picky.class.getName())).hasMessageContaining("DUE_SHARDS is 0");
  }

  @Test
  void a_class_that_is_no_handler_is_refused() {
    assertThatThrownBy(() -> load("java.lang.String"))
        .hasMessageContaining("does not implement RequestHandler");
  }

  /** Does not like its configuration. */
  public static final class Picky implements RequestHandler<String, String> {
    public Picky(Map<String, String> environment) {
      throw new IllegalArgumentException("DUE_SHARDS is 0");
    }

    @Override
    public String handleRequest(String event, Context context) {
      return event;
    }
  }

  private static FunctionHost load(String handlerClass) {
    return FunctionInJvm.load(
        new FunctionResource(
            "Broken", handlerClass, Path.of("x"), Duration.ofSeconds(1), 1, List.of(), List.of()),
        Map.of());
  }

  private static JsonNode echo(byte[] answer) throws IOException {
    ObjectMapper json = new ObjectMapper();
    return json.readTree(json.readTree(answer).path("body").asText());
  }
}
