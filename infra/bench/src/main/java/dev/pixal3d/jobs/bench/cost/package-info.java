/** What a job's whole life costs, and a month without any. */
@NullMarked
package dev.pixal3d.jobs.bench.cost;

import org.jspecify.annotations.NullMarked;
