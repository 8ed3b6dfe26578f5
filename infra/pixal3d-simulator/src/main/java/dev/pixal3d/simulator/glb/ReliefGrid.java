package dev.pixal3d.simulator.glb;

import java.util.Arrays;

/**
 * A picture cut into cells, each with its mean brightness; a cell that is mostly transparent is not
 * there. A picture of which no cell would be there is taken whole.
 */
final class ReliefGrid {
  /** Details smaller than this part of the picture would stand out as spikes. */
  private static final int CELLS_PER_REACH = 64;

  private final int columns;
  private final int rows;
  private final boolean[] present;
  private final double[] pointBrightness;

  private ReliefGrid(int columns, int rows, double[] brightness, boolean[] present) {
    this.columns = columns;
    this.rows = rows;
    this.present = present;
    this.pointBrightness = smoothed(brightness);
  }

  /** Cuts the picture; there must not be more columns or rows than it has pixels. */
  static ReliefGrid of(Picture picture, int columns, int rows) {
    int cells = columns * rows;
    double[] light = new double[cells];
    double[] alpha = new double[cells];
    int[] pixels = new int[cells];
    int[] row = new int[picture.width()];
    for (int y = 0; y < picture.height(); y++) {
      picture.row(y, row);
      int firstCell = (int) ((long) y * rows / picture.height()) * columns;
      for (int x = 0; x < row.length; x++) {
        int cell = firstCell + (int) ((long) x * columns / row.length);
        double opacity = (row[x] >>> 24) / 255.0;
        light[cell] += opacity * brightnessOf(row[x]);
        alpha[cell] += opacity;
        pixels[cell]++;
      }
    }
    boolean[] present = new boolean[cells];
    boolean any = false;
    for (int cell = 0; cell < cells; cell++) {
      present[cell] = alpha[cell] >= 0.5 * pixels[cell];
      any |= present[cell];
      light[cell] = alpha[cell] > 0 ? light[cell] / alpha[cell] : 0;
    }
    if (!any) {
      Arrays.fill(present, true);
    }
    return new ReliefGrid(columns, rows, light, present);
  }

  /** Rec. 709 luma, 0 to 1. */
  private static double brightnessOf(int argb) {
    int red = argb >> 16 & 0xff;
    int green = argb >> 8 & 0xff;
    int blue = argb & 0xff;
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  /** Whether there is a cell; outside the picture there is none. */
  boolean has(int column, int row) {
    return column >= 0
        && column < columns
        && row >= 0
        && row < rows
        && present[row * columns + column];
  }

  /** Whether the grid point at the upper left of a cell belongs to any cell. */
  boolean hasPoint(int column, int row) {
    return has(column, row)
        || has(column - 1, row)
        || has(column, row - 1)
        || has(column - 1, row - 1);
  }

  /**
   * The brightness at a grid point: the mean of the cells around it, so that the relief is calm.
   */
  double brightnessAt(int column, int row) {
    return pointBrightness[row * (columns + 1) + column];
  }

  private double[] smoothed(double[] brightness) {
    int reach = Math.max(1, Math.max(columns, rows) / CELLS_PER_REACH);
    double[] smoothed = new double[(columns + 1) * (rows + 1)];
    for (int row = 0; row <= rows; row++) {
      for (int column = 0; column <= columns; column++) {
        double sum = 0;
        int cells = 0;
        for (int y = Math.max(0, row - reach); y < Math.min(rows, row + reach); y++) {
          for (int x = Math.max(0, column - reach); x < Math.min(columns, column + reach); x++) {
            if (present[y * columns + x]) {
              sum += brightness[y * columns + x];
              cells++;
            }
          }
        }
        smoothed[row * (columns + 1) + column] = cells == 0 ? 0 : sum / cells;
      }
    }
    return smoothed;
  }

  int points() {
    int points = 0;
    for (int row = 0; row <= rows; row++) {
      for (int column = 0; column <= columns; column++) {
        if (hasPoint(column, row)) {
          points++;
        }
      }
    }
    return points;
  }

  int cells() {
    int cells = 0;
    for (boolean there : present) {
      if (there) {
        cells++;
      }
    }
    return cells;
  }

  /** How many sides of cells have no neighbour: where the solid needs a wall. */
  int rims() {
    int rims = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (has(column, row)) {
          rims += has(column - 1, row) ? 0 : 1;
          rims += has(column + 1, row) ? 0 : 1;
          rims += has(column, row - 1) ? 0 : 1;
          rims += has(column, row + 1) ? 0 : 1;
        }
      }
    }
    return rims;
  }
}
