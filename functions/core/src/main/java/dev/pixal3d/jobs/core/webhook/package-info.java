/**
 * Webhooks to clients on the wire: one event becomes one signed POST to an address that a stranger
 * chose. Knows nothing of jobs, schedules or retries.
 */
@NullMarked
package dev.pixal3d.jobs.core.webhook;

import org.jspecify.annotations.NullMarked;
