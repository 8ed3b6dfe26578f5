package dev.pixal3d.jobs.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A bench's results as JSON, {@code results/NAME.json}.
 *
 * @param measuredAt when, ISO-8601 in UTC
 * @param machine where
 * @param report what
 */
public record ResultFile(String measuredAt, Machine machine, Report report) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** A report of this moment and machine. */
  public static ResultFile now(Report report) {
    return new ResultFile(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), Machine.here(), report);
  }

  /** Writes it in place of the one before. */
  public Path write(Path folder) throws IOException {
    Path file = fileOf(folder, report.bench());
    Files.createDirectories(folder);
    Files.writeString(file, JSON.writeValueAsString(this) + "\n", StandardCharsets.UTF_8);
    return file;
  }

  /** The results of a bench, if it ever ran. */
  public static Optional<ResultFile> read(Path folder, String bench) throws IOException {
    Path file = fileOf(folder, bench);
    return Files.exists(file)
        ? Optional.of(JSON.readValue(Files.readString(file), ResultFile.class))
        : Optional.empty();
  }

  private static Path fileOf(Path folder, String bench) {
    return folder.resolve(bench + ".json");
  }
}
