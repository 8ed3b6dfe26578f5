package dev.pixal3d.jobs.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The repository's own template, and copies of it with a change. */
final class RepositoryTemplate {
  static final Path FILE = Path.of("../../template.yaml");

  private RepositoryTemplate() {}

  static Template load() {
    return Template.load(FILE);
  }

  /** A copy in which each text is followed by another one. */
  static Template with(Path folder, String anchor, String addition) throws IOException {
    return Template.load(write(folder, Files.readString(FILE), anchor, anchor + addition));
  }

  /** A copy in which a text is replaced by another one. */
  static Path write(Path folder, String content, String text, String replacement)
      throws IOException {
    assertThat(content).contains(text);
    return Files.writeString(folder.resolve("template.yaml"), content.replace(text, replacement));
  }
}
