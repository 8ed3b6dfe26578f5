/**
 * The whole system from outside: the local stack as a process of its own, spoken to over HTTP, with
 * a Pixal3D that misbehaves as it is told.
 */
@NullMarked
package dev.pixal3d.jobs.local.system;

import org.jspecify.annotations.NullMarked;
