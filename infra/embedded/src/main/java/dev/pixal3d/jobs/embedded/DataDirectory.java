package dev.pixal3d.jobs.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder that belongs to one process at a time: two that write to the same database would fail at
 * random. The lock goes with the process, even if it is killed.
 */
record DataDirectory(Path path, FileChannel lock) implements AutoCloseable {

  /**
   * Makes the folder if it is not there, and takes it.
   *
   * @throws IllegalStateException if another process has it, or it cannot be made
   */
  static DataDirectory take(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel lock =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isTaken(lock)) {
        lock.close();
        throw new IllegalStateException(
            "The data directory " + path + " is in use. Stop what uses it, or name another one.");
      }
      return new DataDirectory(path, lock);
    } catch (IOException e) {
      throw new IllegalStateException("The data directory " + path + " cannot be used: " + e, e);
    }
  }

  private static boolean isTaken(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process has it
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
