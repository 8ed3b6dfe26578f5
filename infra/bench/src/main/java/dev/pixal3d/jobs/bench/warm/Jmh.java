package dev.pixal3d.jobs.bench.warm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.openjdk.jmh.Main;

/**
 * Runs JMH in a process of its own, which has a function's artifact on its class path and Lambda's
 * variables around it, for both are inherited by the JVMs that JMH forks.
 *
 * @param classPath the artifact's first
 * @param function the artifact's name
 * @param variables more than every function has on Lambda
 */
record Jmh(List<Path> classPath, String function, Map<String, String> variables) {
  private static final int ITERATION_MILLIS = 500;

  private static final String BYTES = "gc.alloc.rate.norm";

  /**
   * What was measured of one side.
   *
   * @param nanos each iteration's time of one call
   * @param bytes each iteration's allocation of one call
   */
  record Figures(List<Double> nanos, List<Double> bytes) {}

  /**
   * Measures each method of a benchmark, one after the other.
   *
   * @param iterations how many, of half a second; before them the benchmark warms up
   * @return by the methods' names
   */
  Map<String, Figures> run(Class<?> benchmark, int iterations)
      throws IOException, InterruptedException {
    Path results = Files.createTempFile("pixal3d-warm", ".json");
    try {
      run(
          List.of(
              "-f=1",
              "-i=" + iterations,
              "-r=" + ITERATION_MILLIS + "ms",
              "-prof=gc",
              "-foe=true",
              "-rf=json",
              "-rff=" + results,
              benchmark.getName().replace(".", "\\.")));
      return read(results);
    } finally {
      Files.delete(results);
    }
  }

  private void run(List<String> options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx512m");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-D" + HandlingBenchmark.FUNCTION + "=" + function);
    command.addAll(List.of("-cp", path(), Main.class.getName()));
    command.addAll(options);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(variables);
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", function);
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
    builder.environment().put("AWS_REGION", "us-east-1");
    Process process = builder.start();
    try (BufferedReader output = process.inputReader()) {
      String said = output.lines().collect(Collectors.joining("\n"));
      if (process.waitFor() != 0) {
        throw new IllegalStateException("JMH did not measure " + function + ":\n" + said);
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private String path() {
    return Stream.concat(
            classPath.stream(),
            Stream.of(Main.class, joptsimple.OptionParser.class, StatUtils.class).map(Jmh::placeOf))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The jar or the folder that a class comes from. */
  static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of " + type + " is no file", e);
    }
  }

  private static Map<String, Figures> read(Path results) throws IOException {
    var figures = new HashMap<String, Figures>();
    for (JsonNode result : new ObjectMapper().readTree(results.toFile())) {
      String benchmark = result.path("benchmark").asText();
      figures.put(
          benchmark.substring(benchmark.lastIndexOf('.') + 1),
          new Figures(
              rawData(result.path("primaryMetric")),
              rawData(result.path("secondaryMetrics").path(BYTES))));
    }
    return figures;
  }

  private static List<Double> rawData(JsonNode metric) {
    var values = new ArrayList<Double>();
    metric.path("rawData").forEach(fork -> fork.forEach(value -> values.add(value.asDouble())));
    return values;
  }
}
