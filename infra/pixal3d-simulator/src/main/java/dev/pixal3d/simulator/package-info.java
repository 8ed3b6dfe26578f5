/**
 * A stand-in for the Pixal3D gateway: speaks its API, keeps its jobs in files and really makes a
 * GLB out of each image. Its pace and faults can be set. It knows nothing of who calls it.
 */
@NullMarked
package dev.pixal3d.simulator;

import org.jspecify.annotations.NullMarked;
