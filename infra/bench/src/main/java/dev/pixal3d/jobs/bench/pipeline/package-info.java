/** How many jobs a second go through the local stack. */
@NullMarked
package dev.pixal3d.jobs.bench.pipeline;

import org.jspecify.annotations.NullMarked;
