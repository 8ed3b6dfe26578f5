/** The functions under a simulation that one seed decides: time, faults and chance. */
@NullMarked
package dev.pixal3d.jobs.simulation;

import org.jspecify.annotations.NullMarked;
