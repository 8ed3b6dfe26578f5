package dev.pixal3d.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local stack as a person starts it: a process of its own, with the real functions. */
class LocalStackProcessIT {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  @TempDir private Path folder;

  @AfterEach
  void leaveNoProcess() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void a_picture_becomes_a_model() throws Exception {
    Process process =
        start("--image", sample(), "--out", "my dog.glb", "--simulate", "processing-seconds=0.5");

    assertThat(exitCode(process)).as(output()).isZero();
    assertThat(Files.readString(folder.resolve("my dog.glb"), StandardCharsets.ISO_8859_1))
        .startsWith("glTF");
    assertThat(output())
        .contains("SIMULATED", "QUEUED", "COMPLETED", "my dog.glb", "bytes", "Time: start")
        .containsPattern("(?m)^ +\\d+\\.\\d s  COMPLETED$");
    assertThat(errors()).isEmpty();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("my dog.glb", "out", "err");
  }

  @Test
  void a_job_that_fails_is_told_of_in_a_sentence_and_leaves_no_file() throws Exception {
    Path text = Files.writeString(folder.resolve("text.png"), "not a picture");
    Process process = start("--image", text.toString(), "--simulate", "processing-seconds=0");

    assertThat(exitCode(process)).isEqualTo(1);
    // A busy machine may have it say besides that not everything could be closed in time.
    assertThat(errors().lines().filter(line -> line.startsWith("Error: ")))
        .singleElement()
        .asString()
        .startsWith("Error: Job pixal3d_")
        .contains("ended FAILED: ");
    assertThat(folder.resolve("text.glb")).doesNotExist();
  }

  @Test
  void sigterm_ends_it_cleanly() throws Exception {
    Process process = start("--port", "0", "--key", "my-key");
    URI api = api();
    assertThat(output()).contains("my-key", "curl -X POST", "/dog.png");
    assertThat(get(api.resolve("/v2/requests/status/pixal3d_x"), "wrong").path("error").asText())
        .isNotEmpty();

    process.destroy();

    assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(output()).endsWith("Stopped." + System.lineSeparator());
    assertThat(errors()).isEmpty();
  }

  @Test
  void a_job_that_pixal3d_works_on_survives_a_kill_and_a_restart() throws Exception {
    String data = folder.resolve("data").toString();
    Process first = start("--port", "0", "--data", data, "--simulate", "processing-seconds=3");
    URI api = api();
    String picture = found("\"image_url\": \"([^\"]+)\"");
    URI simulatedJobs = URI.create(found("simulator on (\\S+)") + "/simulator/jobs");
    String id = submit(api, picture);
    await().atMost(DEADLINE).until(() -> get(simulatedJobs, "YOUR_API_KEY").size() == 1);

    first.destroyForcibly().waitFor();
    start("--port", Integer.toString(api.getPort()), "--data", data);

    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(250))
        .ignoreExceptions()
        .until(() -> status(api, id).path("status").asText().equals("COMPLETED"));
    URI media = URI.create(status(api, id).path("output").path("media_url").path(0).asText());
    assertThat(http.send(HttpRequest.newBuilder(media).build(), BodyHandlers.ofString()).body())
        .startsWith("glTF");
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of("start").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    processes.add(process);
    return process;
  }

  private static int exitCode(Process process) throws InterruptedException {
    assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private URI api() {
    return URI.create(found("API +(http://localhost:\\d+)\\b"));
  }

  /** What the process has told, as soon as it has. */
  private String found(String pattern) {
    Matcher[] found = new Matcher[1];
    await()
        .atMost(DEADLINE)
        .until(() -> {
          assertThat(processes).as("stderr: %s", errors()).anyMatch(Process::isAlive);
          found[0] = Pattern.compile(pattern).matcher(output());
          return output().contains("Ctrl-C") && found[0].find();
        });
    return found[0].group(1);
  }

  private static String submit(URI api, String picture) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/pixal3d/v1/pixal3d-request"))
            .header("Ocp-Apim-Subscription-Key", "YOUR_API_KEY")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"image_url\":\"" + picture + "\"}"))
            .build();
    String answer = http.send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(answer).path("request_id").asText();
  }

  private static JsonNode status(URI api, String id) throws Exception {
    return get(api.resolve("/v2/requests/status/" + id), "YOUR_API_KEY");
  }

  private static JsonNode get(URI url, String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(url).header("Ocp-Apim-Subscription-Key", key).build();
    return new ObjectMapper().readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  private static String sample() throws IOException {
    return Path.of("samples/dog.png").toRealPath().toString();
  }

  private String output() {
    return read("out");
  }

  private String errors() {
    return read("err");
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
