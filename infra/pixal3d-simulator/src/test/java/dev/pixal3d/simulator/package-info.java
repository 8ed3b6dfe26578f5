@NullMarked
package dev.pixal3d.simulator;

import org.jspecify.annotations.NullMarked;
