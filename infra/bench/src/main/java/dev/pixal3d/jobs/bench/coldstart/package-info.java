/** From nothing, or from a snapshot, to the first answer. */
@NullMarked
package dev.pixal3d.jobs.bench.coldstart;

import org.jspecify.annotations.NullMarked;
