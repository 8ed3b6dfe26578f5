/** Functions without anything that a team would want of them. */
@NullMarked
package dev.pixal3d.jobs.bench.bare;

import org.jspecify.annotations.NullMarked;
