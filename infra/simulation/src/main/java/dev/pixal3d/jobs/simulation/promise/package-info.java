/** What is promised, and whether it is kept. */
@NullMarked
package dev.pixal3d.jobs.simulation.promise;

import org.jspecify.annotations.NullMarked;
