/** What decides what happens when: simulated time, chance and faults. */
@NullMarked
package dev.pixal3d.jobs.simulation.world;

import org.jspecify.annotations.NullMarked;
