@NullMarked
package dev.pixal3d.jobs.simulation.aws;

import org.jspecify.annotations.NullMarked;
