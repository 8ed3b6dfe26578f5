package dev.pixal3d.jobs.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one local stack keeps what has to survive it: the table, the simulator's jobs, pictures,
 * secrets and the ports that URLs in stored jobs name. One stack at a time.
 */
final class DataDirectory implements AutoCloseable {
  private final Path root;
  private final boolean temporary;
  private final FileChannel lockFile;

  private DataDirectory(Path root, boolean temporary, FileChannel lockFile) {
    this.root = root;
    this.temporary = temporary;
    this.lockFile = lockFile;
  }

  /**
   * Opens a directory, or makes it.
   *
   * @param path null for one that is deleted when it is closed
   * @throws LocalStackException if it cannot be written, or another stack uses it
   */
  static DataDirectory open(@Nullable Path path) {
    try {
      Path root = path == null ? Files.createTempDirectory("pixal3d-jobs-") : path.toAbsolutePath();
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      return new DataDirectory(root, path == null, lock(root));
    } catch (IOException e) {
      throw new LocalStackException(
          "The data directory %s cannot be used: %s. Name another one with --data."
              .formatted(path == null ? "(a temporary one)" : path, LocalStackException.reason(e)),
          e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    FileChannel file =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock != null) {
        return file;
      }
    } catch (OverlappingFileLockException e) {
      // Held by another stack in this very JVM: the same answer as by another process.
    }
    file.close();
    throw new LocalStackException(
        "The data directory %s is in use by another local stack. Stop that one, or name another directory with --data."
            .formatted(root));
  }

  /** Whether it goes when it is closed. */
  boolean isTemporary() {
    return temporary;
  }

  /** The directory itself. */
  Path root() {
    return root;
  }

  /** A folder in it. */
  Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  /** A folder in it, without what was there before. */
  Path emptyFolder(String name) {
    try {
      Path folder = root.resolve(name);
      if (Files.exists(folder)) {
        Files.walkFileTree(folder, new Deletion());
      }
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  /** A text that is made once and is the same ever after; readable for its owner only. */
  String kept(String name, Supplier<String> firstTime) {
    Path file = root.resolve(name);
    try {
      if (Files.notExists(file)) {
        write(name, firstTime.get());
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  /** Keeps a text, in place of the one of that name; all of it or nothing. */
  void write(String name, String text) {
    try {
      Path draft =
          Files.createTempFile(
              root,
              name,
              ".draft",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(draft, text + System.lineSeparator());
      Files.move(draft, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unwritable(name, e);
    }
  }

  /** The port that was kept under a name, or 0. */
  int port(String name) {
    return Integer.parseInt(kept(name, () -> "0"));
  }

  /** Keeps a port, since URLs in stored jobs name it. */
  void keepPort(String name, int port) {
    write(name, Integer.toString(port));
  }

  private LocalStackException unwritable(String name, IOException e) {
    return new LocalStackException(
        "%s cannot be written: %s".formatted(root.resolve(name), LocalStackException.reason(e)), e);
  }

  /** Lets another stack use it; deletes it if it is temporary. */
  @Override
  public void close() {
    try (lockFile) {
      if (temporary) {
        Files.walkFileTree(root, new Deletion());
      }
    } catch (IOException e) {
      throw unwritable("", e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException trouble)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
