package dev.pixal3d.jobs.simulation.promise;

import dev.pixal3d.jobs.core.job.JobStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was seen of one job from outside. Times are milliseconds since 1970. */
final class Story {
  int submitsAcceptedUpstream;
  int charges;
  int lies;
  int polls;
  int reasonsToPoll;
  boolean heardCompleted;
  boolean cancelled;
  JobStatus latestRead = JobStatus.QUEUED;
  @Nullable String latestBody;
  long endedAt;
  long latestDeadline;
  long latestGraceEnd;
  boolean replayAsked;
  boolean delivered;
  boolean endTold;
  int attemptsRecorded;
  int attemptsRecordedBefore = -1;
  long latestAttemptAt;
  final Map<String, Long> completedUpstreamAt = new HashMap<>();
  final Set<String> endWebhookIds = new HashSet<>();
}
