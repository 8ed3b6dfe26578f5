/** Sends what strangers might send to where they can send it, and checks what comes of it. */
@NullMarked
package dev.pixal3d.jobs.fuzz;

import org.jspecify.annotations.NullMarked;
