/** Who the system deals with: Pixal3D, clients, their servers, strangers. */
@NullMarked
package dev.pixal3d.jobs.simulation.outside;

import org.jspecify.annotations.NullMarked;
