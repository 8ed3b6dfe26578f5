package dev.pixal3d.simulator.glb;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Triangles, counter-clockwise seen from outside, as glTF wants them: x to the right, y up, z
 * towards the viewer; texture coordinates from the upper left.
 *
 * <p>The front is the relief: the brighter, the nearer. Walls and a flat back, on which the picture
 * shows mirrored, close it to a solid. A mesh of fewer than 24 vertices, which is the least that a
 * closed block with flat walls takes, is the front alone.
 */
final class Mesh {
  private static final double THICKNESS = 0.05;
  private static final double RELIEF = 0.2;

  /** Two faces of four corners, and four walls of four. */
  private static final int SMALLEST_SOLID = 24;

  /** More than this many cells a side of 1024 would hardly be seen, but be felt in time. */
  private static final int RESOLUTION_PER_CELL = 4;

  /** However high the target: keeps a GLB below about 12 MiB. */
  private static final int MAX_VERTICES = 200_000;

  private final ReliefGrid grid;
  private final double width;
  private final double height;
  private final double scale;
  private final FloatBuffer positions;
  private final FloatBuffer normals;
  private final FloatBuffer textureCoordinates;
  private final IntBuffer triangles;
  private int vertices;

  private Mesh(Picture picture, ReliefGrid grid, boolean solid, double scale) {
    double longest = Math.max(picture.width(), picture.height());
    this.grid = grid;
    this.width = picture.width() / longest;
    this.height = picture.height() / longest;
    this.scale = scale;
    int count = verticesOf(grid, solid);
    this.positions = FloatBuffer.allocate(3 * count);
    this.normals = FloatBuffer.allocate(3 * count);
    this.textureCoordinates = FloatBuffer.allocate(2 * count);
    this.triangles =
        IntBuffer.allocate(6 * (solid ? 2 * grid.cells() + grid.rims() : grid.cells()));
    face(true);
    if (solid) {
      face(false);
      walls();
    }
    positions.flip();
    normals.flip();
    textureCoordinates.flip();
    triangles.flip();
  }

  /** Raises the finest relief that the parameters allow. */
  static Mesh of(Picture picture, GlbParameters parameters) {
    int target = Math.min(parameters.decimationTarget(), MAX_VERTICES);
    boolean solid = target >= SMALLEST_SOLID;
    int longestPixels = Math.max(picture.width(), picture.height());
    int longest = Math.min(parameters.resolution() / RESOLUTION_PER_CELL, longestPixels);
    while (true) {
      double cellsPerPixel = (double) longest / longestPixels;
      ReliefGrid grid =
          ReliefGrid.of(
              picture,
              Math.max(1, (int) (picture.width() * cellsPerPixel)),
              Math.max(1, (int) (picture.height() * cellsPerPixel)));
      int count = verticesOf(grid, solid);
      if (count <= target || longest == 1) {
        return new Mesh(picture, grid, solid, parameters.meshScale());
      }
      // The number of vertices goes with the square of the side; walls make it a little less.
      int fitting = (int) (longest * Math.sqrt((double) target / count));
      longest = Math.clamp(fitting, 1, longest - 1);
    }
  }

  private static int verticesOf(ReliefGrid grid, boolean solid) {
    return solid ? 2 * grid.points() + 4 * grid.rims() : grid.points();
  }

  FloatBuffer positions() {
    return positions;
  }

  FloatBuffer normals() {
    return normals;
  }

  FloatBuffer textureCoordinates() {
    return textureCoordinates;
  }

  IntBuffer triangles() {
    return triangles;
  }

  private void face(boolean front) {
    int[] vertexAt = new int[(grid.columns() + 1) * (grid.rows() + 1)];
    for (int row = 0; row <= grid.rows(); row++) {
      for (int column = 0; column <= grid.columns(); column++) {
        if (grid.hasPoint(column, row)) {
          vertexAt[row * (grid.columns() + 1) + column] =
              front ? frontVertex(column, row) : vertex(column, row, 0, 0, 0, -1);
        }
      }
    }
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        if (grid.has(column, row)) {
          int upperLeft = vertexAt[row * (grid.columns() + 1) + column];
          int upperRight = vertexAt[row * (grid.columns() + 1) + column + 1];
          int lowerLeft = vertexAt[(row + 1) * (grid.columns() + 1) + column];
          int lowerRight = vertexAt[(row + 1) * (grid.columns() + 1) + column + 1];
          if (front) {
            quad(upperLeft, lowerLeft, lowerRight, upperRight);
          } else {
            quad(upperLeft, upperRight, lowerRight, lowerLeft);
          }
        }
      }
    }
  }

  private void walls() {
    for (int row = 0; row < grid.rows(); row++) {
      for (int column = 0; column < grid.columns(); column++) {
        if (grid.has(column, row)) {
          if (!grid.has(column - 1, row)) {
            wall(column, row, column, row + 1, -1, 0);
          }
          if (!grid.has(column, row + 1)) {
            wall(column, row + 1, column + 1, row + 1, 0, -1);
          }
          if (!grid.has(column + 1, row)) {
            wall(column + 1, row + 1, column + 1, row, 1, 0);
          }
          if (!grid.has(column, row - 1)) {
            wall(column + 1, row, column, row, 0, 1);
          }
        }
      }
    }
  }

  /** From one grid point to the next, in the order in which the front goes round its cell. */
  private void wall(int column, int row, int nextColumn, int nextRow, float nx, float ny) {
    quad(
        vertex(column, row, depth(column, row), nx, ny, 0),
        vertex(column, row, 0, nx, ny, 0),
        vertex(nextColumn, nextRow, 0, nx, ny, 0),
        vertex(nextColumn, nextRow, depth(nextColumn, nextRow), nx, ny, 0));
  }

  private int frontVertex(int column, int row) {
    int left = grid.hasPoint(column - 1, row) ? column - 1 : column;
    int right = grid.hasPoint(column + 1, row) ? column + 1 : column;
    int up = grid.hasPoint(column, row - 1) ? row - 1 : row;
    int down = grid.hasPoint(column, row + 1) ? row + 1 : row;
    double slopeX = (depth(right, row) - depth(left, row)) / (x(right) - x(left));
    double slopeY = (depth(column, up) - depth(column, down)) / (y(up) - y(down));
    double length = Math.sqrt(slopeX * slopeX + slopeY * slopeY + 1);
    return vertex(
        column,
        row,
        depth(column, row),
        (float) (-slopeX / length),
        (float) (-slopeY / length),
        (float) (1 / length));
  }

  private int vertex(int column, int row, double z, float nx, float ny, float nz) {
    positions
        .put((float) (x(column) * scale))
        .put((float) (y(row) * scale))
        .put((float) (z * scale));
    normals.put(nx).put(ny).put(nz);
    textureCoordinates.put((float) column / grid.columns()).put((float) row / grid.rows());
    return vertices++;
  }

  private void quad(int a, int b, int c, int d) {
    triangles.put(a).put(b).put(c).put(a).put(c).put(d);
  }

  private double x(int column) {
    return ((double) column / grid.columns() - 0.5) * width;
  }

  private double y(int row) {
    return (0.5 - (double) row / grid.rows()) * height;
  }

  private double depth(int column, int row) {
    return THICKNESS + RELIEF * grid.brightnessAt(column, row);
  }
}
