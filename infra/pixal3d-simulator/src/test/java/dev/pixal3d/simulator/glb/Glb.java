package dev.pixal3d.simulator.glb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.ImageIO;

/** Reads a GLB of one primitive by the letter of glTF 2.0, 4.4; fails the test if it is none. */
record Glb(JsonNode json, ByteBuffer binary) {
  private static final int JSON_CHUNK = 0x4E4F534A;
  private static final int BINARY_CHUNK = 0x004E4942;

  static Glb read(byte[] bytes) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(file.getInt()).as("magic").isEqualTo(0x46546C67);
    assertThat(file.getInt()).as("version").isEqualTo(2);
    assertThat(file.getInt()).as("length").isEqualTo(bytes.length);
    JsonNode json = new ObjectMapper().readTree(chunk(file, JSON_CHUNK));
    byte[] binary = chunk(file, BINARY_CHUNK);
    assertThat(file.hasRemaining()).as("more after the binary chunk").isFalse();
    return new Glb(json, ByteBuffer.wrap(binary).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static byte[] chunk(ByteBuffer file, int type) {
    byte[] chunk = new byte[file.getInt()];
    assertThat(chunk.length % 4).as("padding").isZero();
    assertThat(file.getInt()).as("chunk type").isEqualTo(type);
    file.get(chunk);
    return chunk;
  }

  int vertices() {
    return accessor("POSITION").path("count").asInt();
  }

  float[] positions() {
    return floats(accessor("POSITION"), 3);
  }

  float[] normals() {
    return floats(accessor("NORMAL"), 3);
  }

  float[] textureCoordinates() {
    return floats(accessor("TEXCOORD_0"), 2);
  }

  /** Three a triangle. */
  int[] indices() {
    JsonNode accessor = json.at("/accessors/" + primitive().path("indices").asInt());
    int offset = offset(accessor);
    int[] indices = new int[accessor.path("count").asInt()];
    for (int i = 0; i < indices.length; i++) {
      indices[i] = binary.getInt(offset + 4 * i);
    }
    return indices;
  }

  BufferedImage texture() throws IOException {
    JsonNode view = json.at("/bufferViews/" + json.at("/images/0/bufferView").asInt());
    byte[] file = new byte[view.path("byteLength").asInt()];
    binary.get(view.path("byteOffset").asInt(), file);
    return ImageIO.read(new ByteArrayInputStream(file));
  }

  private JsonNode primitive() {
    return json.at("/meshes/0/primitives/0");
  }

  private JsonNode accessor(String attribute) {
    return json.at("/accessors/" + primitive().path("attributes").path(attribute).asInt());
  }

  private JsonNode view(JsonNode accessor) {
    return json.at("/bufferViews/" + accessor.path("bufferView").asInt());
  }

  private int offset(JsonNode accessor) {
    return view(accessor).path("byteOffset").asInt() + accessor.path("byteOffset").asInt();
  }

  private float[] floats(JsonNode accessor, int perVertex) {
    int offset = offset(accessor);
    int stride = view(accessor).path("byteStride").asInt(4 * perVertex);
    float[] floats = new float[perVertex * accessor.path("count").asInt()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = binary.getFloat(offset + i / perVertex * stride + i % perVertex * 4);
    }
    return floats;
  }
}
