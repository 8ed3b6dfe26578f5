/** What the system tells of itself: metrics, and the context of its log lines. */
@NullMarked
package dev.pixal3d.jobs.core.telemetry;

import org.jspecify.annotations.NullMarked;
