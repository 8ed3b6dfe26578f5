package dev.pixal3d.jobs.local.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The samples of Pixal3D's page, letter for letter except for the base URL and the picture, run by
 * the programs that they are written for. One that is not installed is skipped.
 */
@OnSharedStack
class SamplesIT {
  private static final String PAGES_BASE_URL = "https://gateway.pixazo.ai";
  private static final String PAGES_PICTURE = "https://example.com/example_inputs/dog.png";
  private static final String PAGES_JOB = "pixal3d_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  private static final int LONGEST_RUN_SECONDS = 30;

  @TempDir private Path folder;

  private final RunningStack stack;
  private final Client client;

  SamplesIT(RunningStack stack, Client client) {
    this.stack = stack;
    this.client = client;
  }

  @Test
  void theCurlSampleSubmits() throws Exception {
    requireProgram("curl", "--version");

    String output = run("bash", sample("submit.sh"));

    assertIsTaken(output, "\"%s\"");
  }

  @Test
  void theCurlSampleForTheStatusTellsIt() throws Exception {
    requireProgram("curl", "--version");
    String job = client.submitted();

    String output = run("bash", sample("status.sh").replace(PAGES_JOB, job));

    assertThat(Answer.parse(output).path("request_id").asText()).isEqualTo(job);
    assertThat(Answer.parse(output).path("model_id").asText()).isEqualTo("pixal3d");
  }

  @Test
  void thePythonSampleSubmits() throws Exception {
    requireProgram("python3", "--version");

    // The page's sample takes JSON's word for Python's.
    String output = run("python3", "true = True\n" + sample("submit.py"));

    assertIsTaken(output, "'%s'");
  }

  @Test
  void theJavaScriptSampleSubmits() throws Exception {
    requireProgram("node", "--version");

    String output = run("node", sample("submit.js"));

    assertIsTaken(output, "'%s'");
  }

  /** Python and JavaScript print an object in their own way, so it is looked at as text. */
  private void assertIsTaken(String output, String quoted) {
    String job = output.replaceFirst("(?s).*(pixal3d_[0-9a-f-]{36}).*", "$1");
    assertThat(output)
        .contains("request_id", "status", "polling_url")
        .contains(quoted.formatted(job))
        .contains(quoted.formatted("QUEUED"))
        .contains(quoted.formatted(stack.api() + "/v2/requests/status/" + job));
    assertThat(client.status(job).path("request_id").asText()).isEqualTo(job);
  }

  private String sample(String name) throws IOException, URISyntaxException {
    return Files.readString(resource(name))
        .replace(PAGES_BASE_URL, stack.api().toString())
        .replace(PAGES_PICTURE, stack.samplePicture().toString());
  }

  private static Path resource(String name) throws URISyntaxException {
    return Path.of(
        Objects.requireNonNull(SamplesIT.class.getResource("/samples/" + name), name).toURI());
  }

  private String run(String program, String source) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(program, Files.writeString(folder.resolve("sample"), source).toString());
    if (program.equals("python3") && exitCode("python3", "-c", "import requests") != 0) {
      builder.environment().put("PYTHONPATH", resource("without-requests").toString());
    }
    Path errors = folder.resolve("stderr");
    Process process = builder.redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", program, Files.readString(errors)).isZero();
    return output;
  }

  private static void requireProgram(String... command) throws InterruptedException {
    try {
      assumeTrue(exitCode(command) == 0, () -> command[0] + " does not run");
    } catch (IOException e) {
      abort(command[0] + " is not installed");
    }
  }

  private static int exitCode(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }
}
