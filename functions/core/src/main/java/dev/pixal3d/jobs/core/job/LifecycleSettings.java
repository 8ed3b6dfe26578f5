package dev.pixal3d.jobs.core.job;

import java.time.Duration;

/**
 * The times that {@link Lifecycle} goes by.
 *
 * @param firstPoll silence after which Pixal3D is asked (FIRST_POLL_SECONDS)
 * @param pollMax the longest time between two questions (POLL_MAX_SECONDS)
 * @param readThrough silence after which a client's question causes one (READ_THROUGH_SECONDS)
 * @param dispatchBackoff first delay of a dispatch that is tried again (DISPATCH_BACKOFF_SECONDS)
 * @param unknownGrace how long a POST of unknown outcome may be healed (UNKNOWN_GRACE_SECONDS)
 * @param resubmitUnknown whether to submit once more after that (ON_UNKNOWN_SUBMIT=resubmit)
 * @param jobDeadline how long to wait for acceptance, then again for the result
 *     (JOB_DEADLINE_SECONDS)
 * @param retention how long an ended job is kept (RETENTION_DAYS)
 * @param clocksApart how far apart the clocks of two machines may be (CLOCKS_APART_SECONDS)
 */
public record LifecycleSettings(
    Duration firstPoll,
    Duration pollMax,
    Duration readThrough,
    Duration dispatchBackoff,
    Duration unknownGrace,
    boolean resubmitUnknown,
    Duration jobDeadline,
    Duration retention,
    Duration clocksApart) {}
