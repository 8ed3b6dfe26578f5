/** What a bench found: figures, and the limits that they are held to. */
@NullMarked
package dev.pixal3d.jobs.bench.report;

import org.jspecify.annotations.NullMarked;
