/** The places to which strangers can send something, and what must hold there. */
@NullMarked
package dev.pixal3d.jobs.fuzz.targets;

import org.jspecify.annotations.NullMarked;
