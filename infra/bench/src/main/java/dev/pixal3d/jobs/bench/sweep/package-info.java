/** What it costs to find the jobs that are due among all that live. */
@NullMarked
package dev.pixal3d.jobs.bench.sweep;

import org.jspecify.annotations.NullMarked;
