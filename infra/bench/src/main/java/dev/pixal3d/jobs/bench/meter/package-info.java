/** The functions as they are, with every request counted that AWS asks money for. */
@NullMarked
package dev.pixal3d.jobs.bench.meter;

import org.jspecify.annotations.NullMarked;
