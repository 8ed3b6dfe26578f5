/** Functions as Lambda runs them: their zips, in processes of the real runtime client. */
@NullMarked
package dev.pixal3d.jobs.runtime;

import org.jspecify.annotations.NullMarked;
