package dev.pixal3d.jobs.lambda.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.lambda.testing.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.slf4j.Logger;
import org.slf4j.MDC;
import org.slf4j.event.Level;

@ResourceLock(Resources.SYSTEM_OUT)
class JsonLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonLoggerProvider provider = new JsonLoggerProvider();
  private final Logger ours = provider.getLoggerFactory().getLogger("dev.pixal3d.jobs.Ours");
  private final Logger theirs = provider.getLoggerFactory().getLogger("software.amazon.Theirs");
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(written, false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(stdout);
    MDC.clear();
  }

  @Test
  void a_line_tells_level_message_service_and_time() {
    ours.info("{} and {}", "one", 2);

    JsonNode line = line();
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("message").asText()).isEqualTo("one and 2");
    assertThat(line.path("service").asText()).isEqualTo("pixal3d-jobs");
    assertThat(Instant.parse(line.path("timestamp").asText()))
        .isBefore(Instant.now().plusMillis(1));
  }

  @Test
  void a_line_of_an_invocation_tells_its_function_and_request() {
    Invocation.with(
        TestContext.PLENTY,
        () -> {
          ours.info("within");
          return true;
        });

    JsonNode line = line();
    assertThat(line.path("cold_start").isBoolean()).isTrue();
    assertThat(line.path("function_name").asText()).isEqualTo(TestContext.PLENTY.getFunctionName());
    assertThat(line.path("function_request_id").asText())
        .isEqualTo(TestContext.PLENTY.getAwsRequestId());
  }

  @Test
  void a_line_after_an_invocation_tells_nothing_of_it() {
    Invocation.with(TestContext.PLENTY, () -> true);
    ours.info("after");

    assertThat(line().has("function_request_id")).isFalse();
  }

  @Test
  void only_the_first_invocation_of_a_sandbox_starts_cold() {
    Invocation.with(TestContext.PLENTY, () -> true);
    Invocation.with(
        TestContext.PLENTY,
        () -> {
          ours.info("within the second");
          return true;
        });

    assertThat(line().path("cold_start").asBoolean()).isFalse();
  }

  @Test
  void an_error_is_told_with_its_stack_in_the_same_line() {
    ours.error("Failed", new IllegalStateException("for this reason"));

    JsonNode error = line().path("error");
    assertThat(error.path("message").asText()).isEqualTo("for this reason");
    assertThat(error.path("name").asText()).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.path("stack").asText()).contains("JsonLogTest.java");
  }

  @Test
  void what_is_not_to_be_written_at_this_level_is_not() {
    ours.debug("too little");
    theirs.info("too little for a library");
    theirs.warn("enough");

    assertThat(lines()).singleElement().asString().contains("enough");
  }

  @Test
  void where_only_errors_are_to_be_written_a_library_does_not_warn() {
    var library = new JsonLogger("software.amazon.Theirs", Level.ERROR);
    library.warn("too little");
    library.error("enough");

    assertThat(lines()).singleElement().asString().contains("enough");
  }

  @Test
  void a_library_says_no_more_than_warnings_whatever_is_written_of_ours() {
    var library = new JsonLogger("software.amazon.Theirs", Level.DEBUG);
    library.info("a whole request");

    assertThat(lines()).isEmpty();
  }

  @Test
  void hostile_text_stays_within_its_member() {
    ours.info("{}", "\n\"}, {\"level\":\"ERROR\" \ud800 \u0000");

    JsonNode line = line();
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("message").asText()).startsWith("\n\"}, {\"level\":\"ERROR\" ");
  }

  @Test
  void of_a_text_that_is_too_long_the_middle_is_cut_out_and_this_is_told() {
    ours.info("{}", "the begin" + "x".repeat(1_000_000) + "the end");

    assertThat(line().path("message").asText())
        .startsWith("the begin")
        .containsPattern("x \\[\\d+ characters cut out] x")
        .endsWith("the end");
  }

  @Test
  void no_line_is_longer_than_cloudwatch_takes() {
    String hostile = "\u0000".repeat(256 * 1024);
    ours.error(hostile, new IllegalStateException(hostile));

    assertThat(written.size()).isLessThan(256 * 1024);
  }

  @Test
  void a_long_stack_keeps_its_cause() {
    var cause = new IllegalStateException("the cause");
    ours.error("Failed", new IllegalStateException("x".repeat(100_000), cause));

    assertThat(line().path("error").path("stack").asText()).contains("Caused by", "the cause");
  }

  @Test
  void a_text_is_cut_between_code_points() {
    String faces = "\ud83d\ude00".repeat(100_000);
    ours.info("{}", "x" + faces);
    ours.info("{}", faces + "x");

    assertThat(lines()).hasSize(2).noneMatch(line -> line.contains("?"));
  }

  private JsonNode line() {
    assertThat(lines()).hasSize(1);
    try {
      return JSON.readTree(lines().getFirst());
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + lines(), e);
    }
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
