package dev.pixal3d.jobs.bench.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What {@link RawCallsProcess} starts: records a job's life, then makes its calls again on demand.
 */
final class RawCallsCommand {
  static final String RECORDED = "RECORDED ";
  static final String RATE = "RATE ";

  private RawCallsCommand() {}

  /**
   * Reads from stdin where DynamoDB and SQS are, then a line for each round; answers with lines.
   *
   * @param arguments the folder of the repository, and where Pixal3D is
   */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = System.out;
    JobCalls life = JobCalls.record(Path.of(arguments[0]), URI.create(arguments[1]));
    out.println(RECORDED + life.requests().size() + " " + life.counts());
    try (BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        RawCalls calls = new RawCalls(endpoint(in), endpoint(in), life)) {
      while (in.readLine() != null) {
        double rate =
            Burst.eachSecond(() -> {
              calls.live();
              return "";
            });
        out.println(RATE + rate);
      }
    }
    System.exit(0); // DynamoDB Local leaves threads behind.
  }

  private static URI endpoint(BufferedReader in) throws IOException {
    return URI.create(String.valueOf(in.readLine()));
  }
}
