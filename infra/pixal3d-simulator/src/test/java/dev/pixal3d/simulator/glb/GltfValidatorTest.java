package dev.pixal3d.simulator.glb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Khronos glTF validator has the last word on what a GLB is. */
final class GltfValidatorTest {
  private static final String VALIDATOR = "gltf-validator@2.0.0-dev.3.10";
  private static final Path INSTALLED = Path.of("target", "gltf-validator");
  private static final String SCRIPT =
      """
      const validator = require('gltf-validator');
      const fs = require('fs');
      (async () => {
        const reports = {};
        for (const file of process.argv.slice(1)) {
          reports[file] = (await validator.validateBytes(new Uint8Array(fs.readFileSync(file)))).issues;
        }
        console.log(JSON.stringify(reports));
      })();
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void installTheValidator() throws Exception {
    assumeTrue(
        runs("node", "--version") && runs("npm", "--version"),
        "Skipped: node and npm are needed to run the Khronos glTF validator, and are not"
            + " installed");
    if (!Files.exists(INSTALLED.resolve("node_modules/gltf-validator"))) {
      Files.createDirectories(INSTALLED);
      assumeTrue(
          runs(
              "npm",
              "install",
              "--no-audit",
              "--no-fund",
              "--prefix",
              INSTALLED.toString(),
              VALIDATOR),
          "Skipped: npm could not install " + VALIDATOR + "; is there a network?");
    }
  }

  @Test
  void finds_neither_errors_nor_warnings() throws Exception {
    Map<String, byte[]> models = new LinkedHashMap<>();
    GlbParameters defaults = GlbParameters.DEFAULTS;
    models.put("default", GlbMaker.make(Pictures.gradient(300, 200, "png"), defaults));
    models.put("photo", GlbMaker.make(Pictures.gradient(2500, 2000, "jpeg"), defaults));
    models.put("cut-out", GlbMaker.make(Pictures.disc(300), defaults));
    models.put("transparent", GlbMaker.make(Pictures.nothing(30), defaults));
    models.put("webp", GlbMaker.make(Pictures.resource("lossy-with-alpha.webp"), defaults));
    models.put("pixel", GlbMaker.make(Pictures.gradient(1, 1, "bmp"), defaults));
    models.put("row", GlbMaker.make(Pictures.gradient(700, 1, "gif"), defaults));
    for (int target : List.of(1, 5, 24, 77, 5_000)) {
      models.put(
          "target-" + target,
          GlbMaker.make(Pictures.disc(300), new GlbParameters(1024, 1, target, 1024)));
    }
    for (double scale : List.of(GlbParameters.MIN_MESH_SCALE, 0.3, GlbParameters.MAX_MESH_SCALE)) {
      models.put(
          "scale-" + scale,
          GlbMaker.make(Pictures.disc(300), new GlbParameters(1536, scale, 9_000, 4096)));
    }

    JsonNode reports = validate(models);

    assertThat(reports).hasSize(models.size());
    for (JsonNode report : reports) {
      assertThat(report.path("numErrors").asInt(-1)).as(report.toString()).isZero();
      assertThat(report.path("numWarnings").asInt(-1)).as(report.toString()).isZero();
    }
  }

  private JsonNode validate(Map<String, byte[]> models) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", "-e", SCRIPT, "--"));
    for (var model : models.entrySet()) {
      Path file = folder.resolve(model.getKey() + ".glb");
      Files.write(file, model.getValue());
      command.add(file.toString());
    }
    Path output = folder.resolve("output");
    Process node =
        new ProcessBuilder(command)
            .directory(INSTALLED.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(node.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(node.exitValue()).as(text).isZero();
    return new ObjectMapper().readTree(text);
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
