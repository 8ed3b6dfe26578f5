package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.store.ClientRegistry;
import dev.pixal3d.jobs.core.store.ClientRegistry.Registered;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes all of one client's data. */
final class Export {
  private final Target target;
  private final Printer printer;
  private final String client;

  Export(Target target, Printer printer, String client) {
    this.target = target;
    this.printer = printer;
    this.client = client;
  }

  ExitCode run(@Nullable Path out) {
    if (out == null) {
      int jobs = write(printer::line);
      printer.progress("Done: " + jobs + " jobs.");
    } else {
      int jobs = write(out);
      printer.result(
          JsonNodeFactory.instance
              .objectNode()
              .put("client", client)
              .put("jobs", jobs)
              .put("file", out.toString()),
          "%s holds all of %s: %d jobs.".formatted(out, client, jobs));
    }
    return ExitCode.DONE;
  }

  private int write(Path out) {
    try {
      Files.createFile(
          out, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      return writeOrRemove(out);
    } catch (FileAlreadyExistsException e) {
      throw OpsException.refused(
          "%s is there already and is left as it is. Name another file, or remove it."
              .formatted(out));
    } catch (IOException e) {
      throw OpsException.didNotWork("%s cannot be written: %s".formatted(out, e), e);
    }
  }

  /** Half an export is taken for a whole one some day. */
  private int writeOrRemove(Path out) throws IOException {
    boolean complete = false;
    try (BufferedWriter writer = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
      int jobs = write(line -> append(writer, line));
      complete = true;
      return jobs;
    } finally {
      if (!complete) {
        Files.deleteIfExists(out);
      }
    }
  }

  private static void append(BufferedWriter writer, ObjectNode line) {
    try {
      writer.write(line.toString());
      writer.newLine();
    } catch (IOException e) {
      throw OpsException.didNotWork("The file cannot be written: " + e, e);
    }
  }

  private int write(Consumer<ObjectNode> lines) {
    ClientRegistry.Directory directory = target.clients().list();
    Optional<Registered> registered =
        directory.clients().stream().filter(one -> one.client().name().equals(client)).findFirst();
    registered.ifPresent(one ->
        lines.accept(
            typed(
                "client",
                JobJson.client(
                    one, KeysCommand.keysOf(directory, client), target.clock().instant()))));
    for (Endpoint endpoint : target.endpoints().all()) {
      if (endpoint.key().client().equals(client)) {
        lines.accept(typed("endpoint", JobJson.endpoint(endpoint)));
      }
    }
    int jobs =
        ClientJobs.forEach(
            target, printer, client, job -> lines.accept(typed("job", JobJson.whole(job))));
    if (registered.isEmpty() && jobs == 0) {
      throw OpsException.notFound(
          "There is no client %s, and no job of one. `keys list` shows all.".formatted(client));
    }
    return jobs;
  }

  private static ObjectNode typed(String type, ObjectNode data) {
    ObjectNode line = JsonNodeFactory.instance.objectNode().put("type", type);
    line.setAll(data);
    return line;
  }
}
