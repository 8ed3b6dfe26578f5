package dev.pixal3d.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      BenchCommand.commandLine()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true));

  @Test
  void the_help_tells_what_each_bench_measures() {
    assertThat(command.execute("--help")).isZero();

    assertThat(BenchCommand.BENCHES)
        .extracting(Bench::name)
        .containsExactly("coldstart", "restore", "warm", "pipeline", "cost", "sweep")
        .allSatisfy(name -> assertThat(out.toString()).containsPattern("(?m)^ +" + name + " +\\w"));
  }

  @Test
  void a_bench_that_there_is_not_is_told_with_those_that_there_are() {
    assertThat(command.execute("coldstrat")).isEqualTo(2);

    assertThat(err.toString()).contains("'coldstrat'", "coldstart", "sweep", "all");
  }

  @Test
  void no_round_measures_nothing_and_is_refused() {
    assertThat(command.execute("cost", "--rounds", "0")).isEqualTo(2);

    assertThat(err.toString()).contains("--rounds takes a number of at least 1");
  }
}
