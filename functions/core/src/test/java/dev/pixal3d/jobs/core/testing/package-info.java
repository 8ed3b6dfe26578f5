/** Adapters in memory and other things that tests of all modules share. */
@NullMarked
package dev.pixal3d.jobs.core.testing;

import org.jspecify.annotations.NullMarked;
