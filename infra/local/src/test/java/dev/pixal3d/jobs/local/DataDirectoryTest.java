package dev.pixal3d.jobs.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void a_text_is_made_once_and_kept() {
    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(data.kept("secret", () -> "one")).isEqualTo("one");
    }
    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(data.kept("secret", () -> "two")).isEqualTo("one");
    }
  }

  @Test
  void a_kept_port_is_found_again_and_0_means_none() {
    try (DataDirectory data = DataDirectory.open(folder)) {
      assertThat(data.port("port")).isZero();
      data.keepPort("port", 4711);
      assertThat(data.port("port")).isEqualTo(4711);
    }
  }

  @Test
  void what_is_kept_is_for_its_owner_only() throws IOException {
    try (DataDirectory data = DataDirectory.open(folder.resolve("new"))) {
      data.kept("secret", () -> "one");

      assertThat(permissions(data.root())).isEqualTo("rwx------");
      assertThat(permissions(data.root().resolve("secret"))).isEqualTo("rw-------");
    }
  }

  @Test
  void a_temporary_one_goes_with_all_that_is_in_it() throws IOException {
    DataDirectory data = DataDirectory.open(null);
    Files.writeString(data.folder("pictures").resolve("dog.png"), "dog");
    assertThat(data.root()).exists();

    data.close();

    assertThat(data.root()).doesNotExist();
  }

  @Test
  void one_that_was_named_stays() {
    DataDirectory.open(folder).close();

    assertThat(folder).exists();
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
