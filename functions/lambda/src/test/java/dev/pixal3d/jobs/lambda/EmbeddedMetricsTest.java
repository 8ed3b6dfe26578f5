package dev.pixal3d.jobs.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixal3d.jobs.core.telemetry.Metric;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_OUT)
class EmbeddedMetricsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedMetrics metrics = new EmbeddedMetrics("a-namespace", "a-service");
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;

  @BeforeEach
  void listen() {
    System.setOut(new PrintStream(written, false, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setOut(stdout);
  }

  @Test
  void a_line_is_what_cloudwatch_documents() throws JsonProcessingException {
    metrics.count(Metric.JOBS_ACCEPTED);
    metrics.flush();

    assertThat(lines()).hasSize(1);
    JsonNode line = JSON.readTree(lines().getFirst());
    assertThat(line.at("/_aws/Timestamp").isIntegralNumber()).isTrue();
    assertThat(line.at("/_aws/CloudWatchMetrics"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"Namespace": "a-namespace", "Dimensions": [["Service"]],
                  "Metrics": [{"Name": "JobsAccepted", "Unit": "Count"}]}]
                """));
    assertThat(line.path("Service").asText()).isEqualTo("a-service");
    assertThat(line.path("JobsAccepted").asDouble()).isEqualTo(1);
  }

  @Test
  void counts_are_told_as_their_sum() throws JsonProcessingException {
    metrics.count(Metric.SWEPT_JOBS);
    metrics.count(Metric.SWEPT_JOBS);
    metrics.flush();

    assertThat(JSON.readTree(lines().getFirst()).path("SweptJobs").asDouble()).isEqualTo(2);
  }

  @Test
  void times_are_told_one_by_one_in_lines_of_a_hundred() throws JsonProcessingException {
    for (int i = 0; i < 101; i++) {
      metrics.time(Metric.TIME_TO_DELIVER, Duration.ofMillis(i));
    }
    metrics.flush();

    var values = new ArrayList<Integer>();
    for (String line : lines()) {
      JsonNode of = JSON.readTree(line).path("TimeToDeliver");
      assertThat(of.size()).isLessThanOrEqualTo(100);
      (of.isArray() ? of : List.of(of)).forEach(value -> values.add(value.asInt()));
    }
    assertThat(values).hasSize(101).startsWith(0, 1, 2).endsWith(99, 100);
  }

  @Test
  void nothing_is_written_of_nothing_and_nothing_twice() {
    metrics.flush();
    metrics.count(Metric.JOBS_ACCEPTED);
    metrics.flush();
    metrics.flush();

    assertThat(lines()).hasSize(1);
  }

  @Test
  void what_could_not_be_written_is_in_the_way_of_nothing() throws JsonProcessingException {
    PrintStream listening = System.out;
    System.setOut(new Broken());
    metrics.count(Metric.JOBS_ACCEPTED);
    metrics.flush();
    System.setOut(listening);

    metrics.count(Metric.SWEPT_JOBS);
    metrics.flush();

    assertThat(lines()).hasSize(1);
    JsonNode line = JSON.readTree(lines().getFirst());
    assertThat(line.has("SweptJobs")).isTrue();
    assertThat(line.has("JobsAccepted")).isFalse();
  }

  private static final class Broken extends PrintStream {
    Broken() {
      super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      throw new IllegalStateException("broken");
    }
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
