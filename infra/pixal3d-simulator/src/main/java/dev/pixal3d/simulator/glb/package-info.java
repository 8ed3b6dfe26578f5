/** Turns a picture into a GLB: pure, deterministic, knows nothing of HTTP or jobs. */
@NullMarked
package dev.pixal3d.simulator.glb;

import org.jspecify.annotations.NullMarked;
