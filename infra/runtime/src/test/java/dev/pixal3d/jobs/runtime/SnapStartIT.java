package dev.pixal3d.jobs.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must not survive from the making of an image into its copies. */
class SnapStartIT {
  /**
   * Two processes whose randomness at init is the same stand for two copies of one image: every
   * SecureRandom that they made before the restore gives the same numbers in both. If one of those
   * made the ids, two clients' jobs would get the same random bits, and in the same millisecond the
   * same id.
   */
  @Test
  void twoCopiesOfOneImageNeverMakeTheSameId(@TempDir Path folder) throws Exception {
    try (Rehearsal one = image(folder.resolve("one"));
        Rehearsal other = image(folder.resolve("other"))) {
      String id = idMadeAfterRestore(one, folder.resolve("one"));
      String othersId = idMadeAfterRestore(other, folder.resolve("other"));

      assertThat(randomBits(othersId)).isNotEqualTo(randomBits(id));
    }
  }

  private static Rehearsal image(Path folder) throws IOException {
    Path properties = Files.createDirectory(folder).resolve("java.security");
    Files.writeString(properties, providersWithImageRandomnessFirst());
    return Rehearsal.of(
        World.function("SubmitFunction"),
        InitializationType.SNAP_START,
        launch ->
            launch.with(
                List.of(
                    "-Djava.security.properties=" + properties,
                    "-D%s=%s".formatted(ImageRandomness.RESTORED, folder.resolve("restored"))),
                List.of(Path.of("target/test-classes").toAbsolutePath())));
  }

  private static String providersWithImageRandomnessFirst() {
    StringBuilder lines =
        new StringBuilder("security.provider.1=%s\n".formatted(ImageRandomness.class.getName()));
    for (int i = 1; Security.getProperty("security.provider." + i) != null; i++) {
      lines.append(
          "security.provider.%d=%s\n"
              .formatted(i + 1, Security.getProperty("security.provider." + i)));
    }
    return lines.toString();
  }

  private static String idMadeAfterRestore(Rehearsal image, Path folder) throws Exception {
    image.awaitInit();
    Files.createFile(folder.resolve("restored"));
    return FunctionCase.requestId(image.restore().invoke(FunctionCase.submit()));
  }

  /** The 74 that are left of a UUIDv7 without its time, version and variant (RFC 9562, 5.7). */
  private static String randomBits(String requestId) {
    UUID uuid = UUID.fromString(requestId.substring("pixal3d_".length()));
    return "%03x %016x"
        .formatted(
            uuid.getMostSignificantBits() & 0x0FFF,
            uuid.getLeastSignificantBits() & 0x3FFF_FFFF_FFFF_FFFFL);
  }

  /** A key may be remembered for a minute, but not over the hours that an image lies. */
  @Test
  void aClientThatWasDisabledSinceTheImageWasMadeIsRefusedAtOnce() throws Exception {
    World world = World.world();
    world.clients().put(new Client("leaver", true, List.of()));
    world.clients().putKey("leavers-key", "leaver");
    try (Rehearsal image =
        Rehearsal.of(World.function("SubmitFunction"), InitializationType.SNAP_START).awaitInit()) {
      world.clients().put(new Client("leaver", false, List.of()));

      JsonNode answer =
          image
              .restore()
              .invoke(
                  Events.http(
                      "POST",
                      "/pixal3d/v1/pixal3d-request",
                      Map.of(),
                      "leavers-key",
                      "{\"image_url\": \"https://example.com/dog.png\"}"));

      assertThat(answer.path("statusCode").asInt()).as("%s", answer).isEqualTo(403);
    }
  }
}
