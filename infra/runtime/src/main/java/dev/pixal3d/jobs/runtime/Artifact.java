package dev.pixal3d.jobs.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What is deployed of a function, unpacked as Lambda unpacks it.
 *
 * @param taskRoot the folder that on Lambda is {@code /var/task}
 */
public record Artifact(Path taskRoot) {
  /**
   * Unpacks a function's zip.
   *
   * @param folder where to; made if it is not there
   * @throws UncheckedIOException if the zip is missing or cannot be read, or the folder not written
   */
  public static Artifact unpack(Path zip, Path folder) {
    try (ZipFile packed = new ZipFile(zip.toFile())) {
      Path root = Files.createDirectories(folder).toRealPath();
      Enumeration<? extends ZipEntry> entries = packed.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
          throw new IOException("It holds '%s', which lies outside".formatted(entry.getName()));
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          try (InputStream content = packed.getInputStream(entry)) {
            Files.copy(content, target);
          }
        }
      }
      return new Artifact(root);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s could not be unpacked; ./mvnw package builds it".formatted(zip), e);
    }
  }
}
