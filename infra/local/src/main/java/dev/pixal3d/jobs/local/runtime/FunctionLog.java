package dev.pixal3d.jobs.local.runtime;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a function's processes write, in one file. */
final class FunctionLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FunctionLog.class);

  private final Path file;
  private final BufferedWriter lines;

  private FunctionLog(Path file, BufferedWriter lines) {
    this.file = file;
    this.lines = lines;
  }

  /** Goes on with the file, if there is one. */
  static FunctionLog open(Path file) {
    try {
      return new FunctionLog(
          file,
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw new UncheckedIOException("The log cannot be written", e);
    }
  }

  Path file() {
    return file;
  }

  synchronized void write(String line) {
    try {
      lines.write(line);
      lines.newLine();
      lines.flush();
    } catch (IOException e) {
      log.warn("{} cannot be written: {}", file, line, e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      lines.close();
    } catch (IOException e) {
      log.warn("{} could not be closed", file, e);
    }
  }
}
