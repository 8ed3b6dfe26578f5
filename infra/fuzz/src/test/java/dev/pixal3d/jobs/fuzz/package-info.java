@NullMarked
package dev.pixal3d.jobs.fuzz;

import org.jspecify.annotations.NullMarked;
