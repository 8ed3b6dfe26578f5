package dev.pixal3d.jobs.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulationCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void home() {
    System.setProperty("pixal3d.home", "../..");
  }

  private int run(String... args) {
    CommandLine command = SimulationCommand.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(err));
    return command.execute(args);
  }

  @Test
  void tells_how_many_seeds_jobs_and_faults_there_were() {
    int exit = run("--seeds", "3", "--from", "5", "--faults", "light", "--threads", "1");

    assertThat(exit).isZero();
    assertThat(out.toString())
        .contains("3 seeds (5 to 7), faults light")
        .contains("jobs and")
        .contains("Every promise held.");
  }

  @Test
  void prints_a_run_line_by_line() {
    int exit = run("--replay", "5");

    assertThat(exit).isZero();
    assertThat(out.toString().lines())
        .hasSizeGreaterThan(300)
        .anyMatch(line -> line.contains("POST /pixal3d/v1/pixal3d-request"))
        .last()
        .asString()
        .startsWith("Seed 5:")
        .endsWith("Every promise held.");
  }

  @Test
  void refuses_to_run_no_seed_at_all() {
    int exit = run("--seeds", "0");

    assertThat(exit).isEqualTo(2);
    assertThat(err.toString()).contains("at least 1");
  }

  @Test
  void explains_itself() {
    int exit = run("--help");

    assertThat(exit).isZero();
    assertThat(out.toString()).contains("--replay", "--faults", "--from").contains("Exits 0");
  }
}
