package dev.pixal3d.simulator.glb;

import de.javagl.jgltf.model.creation.GltfModelBuilder;
import de.javagl.jgltf.model.creation.MaterialBuilder;
import de.javagl.jgltf.model.creation.MeshPrimitiveBuilder;
import de.javagl.jgltf.model.impl.DefaultGltfModel;
import de.javagl.jgltf.model.impl.DefaultImageModel;
import de.javagl.jgltf.model.impl.DefaultMeshModel;
import de.javagl.jgltf.model.impl.DefaultNodeModel;
import de.javagl.jgltf.model.impl.DefaultSceneModel;
import de.javagl.jgltf.model.impl.DefaultTextureModel;
import de.javagl.jgltf.model.io.GltfModelWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Makes a binary glTF 2.0 file out of a picture: the picture is the base colour of a relief raised
 * from its brightness. The same picture and parameters give the same bytes.
 */
public final class GlbMaker {
  /** Stands in {@code asset.generator} of every file. */
  public static final String GENERATOR = "Pixal3D simulator of pixal3d-jobs";

  private GlbMaker() {}

  /**
   * Makes the file.
   *
   * @param image a PNG, JPEG, GIF, BMP or WebP file; where it is mostly transparent, the solid has
   *     a hole
   * @throws UnreadableImageException if it is none of these, is damaged or has too many pixels
   */
  public static byte[] make(byte[] image, GlbParameters parameters)
      throws UnreadableImageException {
    Picture picture = Picture.decode(image, parameters.textureSize());
    return write(Mesh.of(picture, parameters), picture.texture());
  }

  private static byte[] write(Mesh mesh, byte[] jpeg) {
    DefaultImageModel image = new DefaultImageModel();
    image.setMimeType("image/jpeg");
    image.setImageData(ByteBuffer.wrap(jpeg));
    DefaultTextureModel texture = new DefaultTextureModel();
    texture.setImageModel(image);

    var primitive =
        MeshPrimitiveBuilder.create()
            .setTriangles()
            .setIntIndices(mesh.triangles())
            .addPositions3D(mesh.positions())
            .addNormals3D(mesh.normals())
            .addTexCoords02D(mesh.textureCoordinates())
            .build();
    primitive.setMaterialModel(
        MaterialBuilder.create()
            .setBaseColorTexture(texture, 0)
            .setMetallicRoughnessFactors(0, 0.9f)
            .setDoubleSided(true)
            .build());
    DefaultMeshModel meshModel = new DefaultMeshModel();
    meshModel.addMeshPrimitiveModel(primitive);
    DefaultNodeModel node = new DefaultNodeModel();
    node.addMeshModel(meshModel);
    DefaultSceneModel scene = new DefaultSceneModel();
    scene.addNode(node);

    GltfModelBuilder builder = GltfModelBuilder.create();
    builder.addSceneModel(scene);
    DefaultGltfModel model = builder.build();
    model.getAssetModel().setGenerator(GENERATOR);
    ByteArrayOutputStream glb = new ByteArrayOutputStream();
    try {
      new GltfModelWriter().writeBinary(model, glb);
    } catch (IOException e) {
      throw new IllegalStateException("A GLB could not be written to memory", e);
    }
    return glb.toByteArray();
  }
}
