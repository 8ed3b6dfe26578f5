/** Between Lambda's events and the core. */
@NullMarked
package dev.pixal3d.jobs.lambda;

import org.jspecify.annotations.NullMarked;
