package dev.pixal3d.jobs.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.UUID;

/**
 * A model that is to be written: first beside its place, then moved there, so that nobody ever sees
 * half of one.
 */
final class ModelFile implements AutoCloseable {
  /** glTF 2.0 specification, "GLB File Format": how such a file begins. */
  private static final byte[] MAGIC = "glTF".getBytes(StandardCharsets.US_ASCII);

  private final Path place;
  private final Path draft;

  private ModelFile(Path place, Path draft) {
    this.place = place;
    this.draft = draft;
  }

  /**
   * Makes sure that the file can be written, before anything costs time or money.
   *
   * @throws LocalStackException if it cannot
   */
  static ModelFile prepare(Path place) {
    Path whole = place.toAbsolutePath().normalize();
    Path folder = whole.getParent();
    if (folder == null || Files.isDirectory(whole)) {
      throw new LocalStackException(
          "%s is a folder; --out takes the name of a file".formatted(place));
    }
    try {
      String draft = ".%s.%s.part".formatted(whole.getFileName(), UUID.randomUUID());
      return new ModelFile(whole, Files.createFile(folder.resolve(draft)));
    } catch (IOException e) {
      throw new LocalStackException(
          "%s cannot be written: %s. Name another file with --out."
              .formatted(place, LocalStackException.reason(e)),
          e);
    }
  }

  /** Where the download goes. */
  Path draft() {
    return draft;
  }

  /**
   * Puts the download in its place.
   *
   * @return the file's size in bytes
   * @throws LocalStackException if the download is not a GLB
   */
  long complete() throws IOException {
    try (InputStream content = Files.newInputStream(draft)) {
      if (!Arrays.equals(content.readNBytes(MAGIC.length), MAGIC)) {
        throw new LocalStackException(
            "What was downloaded is not a GLB (%d bytes); nothing was written"
                .formatted(Files.size(draft)));
      }
    }
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return Files.size(place);
  }

  /** The file itself. */
  Path place() {
    return place;
  }

  /** Leaves nothing behind but a complete model. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      throw new LocalStackException(
          "%s cannot be deleted: %s".formatted(draft, LocalStackException.reason(e)), e);
    }
  }
}
