@NullMarked
package dev.pixal3d.jobs.simulation;

import org.jspecify.annotations.NullMarked;
