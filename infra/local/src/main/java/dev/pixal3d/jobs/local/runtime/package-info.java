/**
 * What AWS puts around the functions, in this JVM: Lambda's invocation, the HTTP API, the SQS event
 * source and the schedule. Knows nothing of this system's routes and queues; they come from the
 * template.
 */
@NullMarked
package dev.pixal3d.jobs.local.runtime;

import org.jspecify.annotations.NullMarked;
