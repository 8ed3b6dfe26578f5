@NullMarked
package dev.pixal3d.simulator.glb;

import org.jspecify.annotations.NullMarked;
