package dev.pixal3d.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What goes wrong before anything is started: a sentence on stderr and an exit code. */
class LocalStackCommandTest {
  private static final Path HOME = Path.of("../..");
  private static final String PICTURE = "samples/dog.png";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--imag x | Possible solutions: --image",
        "--port 70000 | --port takes 0 to 65535, not 70000",
        "--port http | 'http' is not an int",
        "--image no/such.png | There is no picture no/such.png",
        "--out a.glb | --out goes with --image",
        "--key= | --key takes printable ASCII",
        "--webhook-secret hello | --webhook-secret takes whsec_",
        "--webhook-secret whsec_c2hvcnQ= | 24 to 64 bytes",
        "--simulate nonsense | 'nonsense' is not name=value",
        "--simulate submit=tomorrow | submit takes ok,",
        "--upstream gateway.pixazo.ai --upstream-key k | --upstream takes an http or https URL",
        "--upstream https://gateway.pixazo.ai | give --upstream-key, or set PIXAL3D_API_KEY",
        "--upstream https://a.b --upstream-key k --simulate submit=402 | there is none",
        "--upstream https://a.b --upstream-key k --image samples/dog.png | cannot fetch a file",
        "--image samples/dog.png --out /no/such/folder/a.glb | /no/such/folder/a.glb cannot be"
            + " written",
        "--image samples/dog.png --out /tmp | /tmp is a folder",
      })
  void wrong_usage_is_explained_and_exits_2(String arguments, String explanation) {
    int exitCode = run(Map.of(), arguments.split(" ", -1));

    assertThat(err.toString()).startsWith("Error: ").contains(explanation);
    assertThat(err.toString()).contains("--help").doesNotContain("\tat ");
    assertThat(exitCode).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "FIRST_POLL_SECONDS, soon",
    "MAX_CONCURRENT_DISPATCH, -1",
    "SWEEP_SECONDS, 0",
    "ON_UNKNOWN_SUBMIT, perhaps",
    "VERIFY_CALLBACKS, never",
    "ACCEPT_SUBMITS, yes",
    "RETENTION_DAYS, 1",
  })
  void a_setting_that_is_not_understood_is_named_with_its_value(String name, String value) {
    int exitCode = run(Map.of(name, value), "--port", "0");

    assertThat(err.toString()).startsWith("Error: ").contains(name, "'" + value + "'", "takes");
    assertThat(exitCode).isEqualTo(1);
  }

  @Test
  void a_public_url_that_others_could_read_is_refused() {
    assertThat(run(Map.of(), "--port", "0", "--public-url", "http://example.com")).isEqualTo(1);
    assertThat(err.toString()).contains("PUBLIC_URL is 'http://example.com'", "https");
  }

  @Test
  void a_port_that_is_taken_is_named_with_what_to_do() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String port = Integer.toString(other.getLocalPort());

      assertThat(run(Map.of(), "--port", port)).isEqualTo(1);
      assertThat(err.toString()).contains("Port " + port, "not free", "--port 0");
    }
  }

  @Test
  void a_data_directory_that_cannot_be_made_is_named_with_the_reason() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(run(Map.of(), "--port", "0", "--data", file.resolve("data").toString()))
        .isEqualTo(1);
    assertThat(err.toString()).contains(file.toString(), "Not a directory", "--data");
  }

  @Test
  void a_data_directory_is_for_one_stack_at_a_time() {
    try (DataDirectory other = DataDirectory.open(folder)) {
      assertThat(run(Map.of(), "--port", "0", "--data", other.root().toString())).isEqualTo(1);
      assertThat(err.toString()).contains(folder.toString(), "in use by another local stack");
    }
  }

  @Test
  void before_the_model_can_be_written_nothing_is_started_and_nothing_is_left() {
    run(Map.of("SWEEP_SECONDS", "0"), "--image", PICTURE, "--out", folder + "/dog.glb");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void the_help_teaches_by_examples() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out.toString())
        .contains("infra/local/run --image dog.png", "--data", "Exit codes", "this costs money");
  }

  @Test
  void all_that_can_be_simulated_can_be_listed() {
    assertThat(run(Map.of(), "--simulate", "help")).isZero();
    assertThat(out.toString()).contains("processing-seconds", "submit", "callbacks");
  }

  private int run(Map<String, String> environment, String... arguments) {
    CommandLine line = new LocalStackCommand(HOME, environment).line();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
