package dev.pixal3d.jobs.core.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a completed job made (Pixal3D's page, "Response Fields").
 *
 * @param mediaUrls where the generated files lie
 * @param mediaType their MIME type, if upstream named one
 */
public record Output(List<String> mediaUrls, @Nullable String mediaType) {
  public Output {
    mediaUrls = List.copyOf(mediaUrls);
  }
}
