/** What is fast and what it costs, measured. */
@NullMarked
package dev.pixal3d.jobs.bench;

import org.jspecify.annotations.NullMarked;
