package dev.pixal3d.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The jobs, each in a file of its own that is replaced in one step, and their GLBs. What was
 * written survives the sudden end of the process (not that of the machine: nothing is synced to the
 * disk).
 */
final class JobStore {
  private static final String JOB_FILE = ".json";

  private final Path jobFolder;
  private final Path glbFolder;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();

  private JobStore(Path folder) {
    this.jobFolder = folder.resolve("jobs");
    this.glbFolder = folder.resolve("glb");
  }

  /** Opens the folder, made if it is missing, with what an earlier process left there. */
  static JobStore open(Path folder) throws IOException {
    JobStore store = new JobStore(folder);
    Files.createDirectories(store.jobFolder);
    Files.createDirectories(store.glbFolder);
    try (Stream<Path> files = Files.list(store.jobFolder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(JOB_FILE)).toList()) {
        Job job = read(file);
        store.jobs.put(job.requestId(), job);
      }
    }
    return store;
  }

  private static Job read(Path file) throws IOException {
    try {
      return Json.MAPPER.readValue(file.toFile(), Job.class);
    } catch (IOException e) {
      throw new IOException(
          "%s is no job of the Pixal3D simulator; move it away to start without it".formatted(file),
          e);
    }
  }

  /** Keeps a new job. Once this returns it is in its file. */
  void add(Job job) {
    write(job);
    jobs.put(job.requestId(), job);
  }

  /** Changes a job in its file, then for readers. */
  Job update(String requestId, UnaryOperator<Job> change) {
    Job updated =
        jobs.computeIfPresent(
            requestId,
            (_, job) -> {
              Job changed = change.apply(job);
              write(changed);
              return changed;
            });
    if (updated == null) {
      throw new NoSuchElementException("No job " + requestId);
    }
    return updated;
  }

  Optional<Job> find(String requestId) {
    return Optional.ofNullable(jobs.get(requestId));
  }

  /** All jobs, the oldest first. */
  List<Job> all() {
    return jobs.values().stream().sorted(Comparator.comparing(Job::requestId)).toList();
  }

  Path glb(String name) {
    return glbFolder.resolve(name);
  }

  void writeGlb(String name, byte[] bytes) {
    replace(glb(name), bytes);
  }

  private void write(Job job) {
    replace(jobFolder.resolve(job.requestId() + JOB_FILE), Json.bytes(job));
  }

  private static void replace(Path file, byte[] bytes) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("The simulator could not write " + file, e);
    }
  }
}
