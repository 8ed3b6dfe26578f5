package dev.pixal3d.jobs.simulation.promise;

import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.LifecycleSettings;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.simulation.aws.Invocation;
import dev.pixal3d.jobs.simulation.aws.Sandbox;
import dev.pixal3d.jobs.simulation.aws.SimulatedTable;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Watches a run and throws {@link Broken} as soon as a promise is broken. */
public final class Promises {
  /** The longest that a job is put off by one taking of the sweep. */
  private static final Duration LONGEST_DUE_TIME = Duration.ofMinutes(16);

  /** What is left of an attempt's lease when it begins at the latest. */
  private static final Duration SHORTEST_LEASE_LEFT = Duration.ofSeconds(15);

  /** Faults each of which may cause one more poll. */
  private static final Set<Fault> REPEATS =
      EnumSet.of(
          Fault.CRASH,
          Fault.FREEZE,
          Fault.THROTTLED,
          Fault.WRITE_LOST,
          Fault.WRITE_UNANSWERED,
          Fault.MESSAGE_DOUBLED,
          Fault.MESSAGE_LATE,
          Fault.SWEEP_DOUBLED);

  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final World world;
  private final LifecycleSettings settings;
  private final Map<String, Story> stories = new LinkedHashMap<>();
  private final Map<String, String> jobsByKey = new HashMap<>();

  public Promises(World world, LifecycleSettings settings) {
    this.world = world;
    this.settings = settings;
  }

  private Story story(String id) {
    return stories.computeIfAbsent(id, _ -> new Story());
  }

  @SuppressWarnings("AnnotateFormatMethod") // Error Prone's annotations are not at hand.
  private static Broken broken(Invariant invariant, String how, Object... values) {
    return new Broken(invariant, how.formatted(values));
  }

  // What the table sees

  /** An item was written. */
  public void written(
      @Nullable Invocation by,
      String key,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after) {
    if (!after.containsKey("status")) {
      if (before.containsKey("status")) {
        throw broken(Invariant.ENDS_IN_TIME, "%s was deleted", key);
      }
      return;
    }
    Job now = DynamoDbJobStore.read(after);
    Job then = before.isEmpty() ? null : DynamoDbJobStore.read(before);
    Story story = story(key);
    if (then == null) {
      story.latestDeadline = world.now() + settings.jobDeadline().toMillis();
    }
    if (now.claimedAt() != null) {
      Instant grace = now.claimedAt().plus(settings.unknownGrace());
      story.latestGraceEnd = Math.max(story.latestGraceEnd, grace.toEpochMilli());
    }
    if (then != null) {
      changed(story, then, now);
      if (by != null && by.forged() && isMoreThanEvidence(then, now)) {
        throw broken(Invariant.FORGERY_IS_VAIN, "a forged callback changed %s", key);
      }
    }
    if (now.hasEnded() != (now.completedAt() != null)) {
      throw broken(
          Invariant.ONLY_FORWARD, "%s is %s since %s", key, now.status(), now.completedAt());
    }
  }

  private void changed(Story story, Job then, Job now) {
    String id = now.id().value();
    if (now.version() <= then.version()) {
      throw broken(
          Invariant.ONLY_FORWARD,
          "%s went from version %d to %d",
          id,
          then.version(),
          now.version());
    }
    if (then.hasEnded() && !sameEnd(then, now)) {
      throw broken(
          Invariant.ONLY_FORWARD, "%s had ended %s and became %s", id, then.status(), now.status());
    }
    if (now.status() != then.status() && !then.status().mayBecome(now.status())) {
      throw broken(Invariant.ONLY_FORWARD, "%s: %s to %s", id, then.status(), now.status());
    }
    if (now.hasEnded() && !then.hasEnded()) {
      story.endedAt = world.now();
      if (now.order().webhookUrl() != null && now.waitsFor() != WaitsFor.DELIVERY) {
        throw broken(Invariant.TOLD, "%s ended, and its webhook is not owed", id);
      }
    }
    if (then.upstreamId() != null && !then.upstreamId().equals(now.upstreamId())) {
      throw broken(Invariant.ONLY_FORWARD, "%s changed its upstream job", id);
    }
    boolean acceptedUpstream = then.upstreamId() == null && now.upstreamId() != null;
    if (acceptedUpstream || (now.resubmitted() && !then.resubmitted())) {
      story.latestDeadline = world.now() + settings.jobDeadline().toMillis();
    }
    story.attemptsRecorded = now.delivery().attempts().size();
    story.delivered = now.delivery().settled() == Delivery.Settled.DELIVERED;
  }

  private static boolean sameEnd(Job then, Job now) {
    return now.status() == then.status()
        && Objects.equals(now.output(), then.output())
        && Objects.equals(now.error(), then.error())
        && Objects.equals(now.completedAt(), then.completedAt());
  }

  private static boolean isMoreThanEvidence(Job then, Job now) {
    return now.status() != then.status()
        || !Objects.equals(now.upstreamId(), then.upstreamId())
        || !Objects.equals(now.output(), then.output())
        || !Objects.equals(now.error(), then.error())
        || now.attempt() != then.attempt()
        || !Objects.equals(now.dueAt(), then.dueAt());
  }

  // What Pixal3D sees

  /** Pixal3D accepted a submit. */
  public void acceptedUpstream(String id) {
    Story story = story(id);
    story.submitsAcceptedUpstream++;
    story.charges++;
    int most = settings.resubmitUnknown() ? 2 : 1;
    if (story.submitsAcceptedUpstream > most) {
      throw broken(
          Invariant.PAID_ONCE, "%s was charged %d times", id, story.submitsAcceptedUpstream);
    }
    if (story.cancelled) {
      throw broken(Invariant.FREE_MEANS_FREE, "%s was cancelled and then charged", id);
    }
  }

  /** Pixal3D ended a job with ERROR and so does not charge it. */
  public void refunded(String id) {
    story(id).charges--;
  }

  /** Pixal3D completed a job, and its status endpoint says so from now on. */
  public void completedUpstream(String id, String upstreamId) {
    story(id).completedUpstreamAt.put(upstreamId, world.now());
  }

  /** Pixal3D contradicts itself about a job. */
  public void liedUpstream(String id) {
    story(id).lies++;
  }

  /** Pixal3D was asked for a job's status. */
  public void polled(String id) {
    story(id).polls++;
  }

  /** Something happened that may cause one more poll. */
  public void reasonToPoll(String id) {
    story(id).reasonsToPoll++;
  }

  /** A callback that tells of the completion was answered 200, and the job had not ended before. */
  public void heardCompleted(String id, SimulatedTable table) {
    Job job = DynamoDbJobStore.read(table.get(id));
    boolean open = !job.hasEnded() && story(id).lies == 0;
    if (open || job.status() == JobStatus.COMPLETED) {
      story(id).heardCompleted = true;
    }
  }

  // What clients see

  /** A submit was answered 202. */
  public void accepted(String client, @Nullable String key, String id, SimulatedTable table) {
    Map<String, AttributeValue> item = table.get(id);
    if (item.isEmpty()) {
      throw broken(Invariant.ENDS_IN_TIME, "%s was accepted but is not saved", id);
    }
    if (!DynamoDbJobStore.read(item).client().equals(client)) {
      throw broken(Invariant.PRIVATE, "%s got the job %s of another client", client, id);
    }
    if (key != null) {
      String known = jobsByKey.putIfAbsent(client + "\n" + key, id);
      if (known != null && !known.equals(id)) {
        throw broken(Invariant.ONE_KEY_ONE_JOB, "key %s gave %s and %s", key, known, id);
      }
    }
  }

  /** A client was told that its job is cancelled. */
  public void cancelled(String id) {
    Story story = story(id);
    story.cancelled = true;
    if (story.submitsAcceptedUpstream > 0) {
      throw broken(Invariant.FREE_MEANS_FREE, "%s was charged and then cancelled", id);
    }
  }

  /** A client read a job's status. */
  public void read(String id, JobStatus status, String body) {
    Story story = story(id);
    JobStatus before = story.latestRead;
    if (before != status && !before.mayBecome(status)) {
      throw broken(Invariant.ONLY_FORWARD, "%s was read as %s, then as %s", id, before, status);
    }
    if (before.isTerminal() && !body.equals(story.latestBody)) {
      throw broken(
          Invariant.ONLY_FORWARD,
          "%s was read as %s, then %s",
          id,
          String.valueOf(story.latestBody),
          body);
    }
    story.latestRead = status;
    story.latestBody = body;
  }

  /** A client asked for another's job. */
  public void readOfAnothers(String id, int httpStatus) {
    if (httpStatus < 400) {
      throw broken(Invariant.PRIVATE, "another client read %s", id);
    }
  }

  /** A client was shown a list of jobs. */
  public void listed(String client, String id, SimulatedTable table) {
    Map<String, AttributeValue> item = table.get(id);
    if (item.isEmpty() || !DynamoDbJobStore.read(item).client().equals(client)) {
      throw broken(Invariant.PRIVATE, "%s was shown %s of another client", client, id);
    }
  }

  /** An answer came that should not. */
  @SuppressWarnings("AnnotateFormatMethod") // Error Prone's annotations are not at hand.
  public static Broken surprise(String how, Object... values) {
    return broken(Invariant.NO_SURPRISE, how, values);
  }

  /** A client asks for its webhook once more. */
  public void replayAsked(String id) {
    story(id).replayAsked = true;
  }

  /** An attempt to tell a client begins. */
  public void telling(String id, String webhookId, JobStatus status) {
    Story story = story(id);
    if (!status.isTerminal()) {
      if (story.endTold) {
        throw broken(Invariant.END_IS_LAST, "%s: %s told after the end", id, status);
      }
      return;
    }
    story.endTold = true;
    story.endWebhookIds.add(webhookId);
    if (story.endWebhookIds.size() > 1) {
      throw broken(Invariant.TOLD_ONCE, "%s was told under %s", id, story.endWebhookIds);
    }
    requireAlone(id, story);
    if (story.delivered && !story.replayAsked) {
      throw broken(Invariant.TOLD_ONCE, "%s was told again after its delivery was recorded", id);
    }
  }

  /** By clocks that agree, nobody tells while another one may be telling. */
  private void requireAlone(String id, Story story) {
    boolean recorded = story.attemptsRecorded != story.attemptsRecordedBefore;
    long since = world.now() - story.latestAttemptAt;
    if (!recorded
        && !story.replayAsked
        && since < SHORTEST_LEASE_LEFT.toMillis()
        && !world.faults().hasStruck(Fault.CLOCK_APART)) {
      throw broken(Invariant.TOLD_ONCE, "%s is told again after %d ms", id, since);
    }
    story.attemptsRecordedBefore = story.attemptsRecorded;
    story.latestAttemptAt = world.now();
  }

  // The end

  /** Everything has happened. */
  public void atEnd(SimulatedTable table, @Nullable String fullQueue) {
    if (fullQueue != null) {
      throw broken(Invariant.QUIET, "%s is not empty", fullQueue);
    }
    table.jobs().forEach((id, item) -> atEnd(story(id), DynamoDbJobStore.read(item)));
    requireOneJobForEachOrder(table);
    jobsByKey
        .values()
        .forEach(id -> {
          if (table.get(id).isEmpty()) {
            throw broken(Invariant.ENDS_IN_TIME, "%s is gone", id);
          }
        });
  }

  /** Also of jobs whose answer no client got: the picture of each order is its own. */
  private static void requireOneJobForEachOrder(SimulatedTable table) {
    var jobsByRequest = new HashMap<String, String>();
    table
        .jobs()
        .forEach((id, item) -> {
          Job job = DynamoDbJobStore.read(item);
          String other = jobsByRequest.put(job.order().requestJson(), id);
          if (other != null) {
            throw broken(Invariant.ONE_KEY_ONE_JOB, "%s and %s are one order", other, id);
          }
        });
  }

  private void atEnd(Story story, Job job) {
    String id = job.id().value();
    if (!job.hasEnded()) {
      throw broken(Invariant.ENDS_IN_TIME, "%s stays %s", id, job.status());
    }
    long bound =
        Math.max(world.faults().endMillis(), Math.max(story.latestDeadline, story.latestGraceEnd))
            + LONGEST_DUE_TIME.plus(SWEEP).toMillis()
            + Sandbox.MOST_CLOCKS_APART_MILLIS;
    if (story.endedAt > bound) {
      throw broken(
          Invariant.ENDS_IN_TIME,
          "%s ended %s s too late",
          id,
          Duration.ofMillis(story.endedAt - bound).toSeconds());
    }
    if (job.dueAt() != null || job.waitsFor() != WaitsFor.NOTHING) {
      throw broken(Invariant.QUIET, "%s is due %s", id, String.valueOf(job.dueAt()));
    }
    if (job.order().webhookUrl() != null && job.delivery().settled() == null) {
      throw broken(Invariant.TOLD, "%s: the webhook is neither delivered nor given up", id);
    }
    if (job.status() == JobStatus.CANCELLED && story.submitsAcceptedUpstream > 0) {
      throw broken(Invariant.FREE_MEANS_FREE, "%s is CANCELLED and was handed over", id);
    }
    boolean free = job.status() == JobStatus.ERROR || job.status() == JobStatus.CANCELLED;
    if (free && story.charges > 0) {
      throw broken(Invariant.FREE_MEANS_FREE, "%s is %s and was charged", id, job.status());
    }
    if (story.heardCompleted && job.status() != JobStatus.COMPLETED) {
      throw broken(Invariant.RESULT_KEPT, "%s was completed upstream but is %s", id, job.status());
    }
    requireFound(story, job);
    requireModest(story, job);
  }

  /** Once nothing goes wrong any more, a completed job is found by asking. */
  private void requireFound(Story story, Job job) {
    Long completed =
        job.upstreamId() == null ? null : story.completedUpstreamAt.get(job.upstreamId());
    if (completed == null || job.status() == JobStatus.COMPLETED || story.lies > 0) {
      return;
    }
    long findable = Math.max(completed, world.faults().endMillis()) + SWEEP.toMillis();
    if (story.endedAt > findable) {
      throw broken(
          Invariant.RESULT_KEPT,
          "%s is %s, though upstream said COMPLETED",
          job.id(),
          job.status());
    }
  }

  private void requireModest(Story story, Job job) {
    Duration waited =
        Duration.ofMillis(Math.max(0, story.endedAt - job.createdAt().toEpochMilli()));
    Duration pause =
        job.order().webhookMode() == WebhookMode.SYNC
            ? Duration.ofSeconds(12)
            : settings.firstPoll().multipliedBy(4).dividedBy(5);
    long byTime = waited.dividedBy(pause) + 2;
    long struck =
        world.faults().struck().stream().filter(strike -> REPEATS.contains(strike.fault())).count();
    if (story.polls > byTime + story.reasonsToPoll + struck) {
      throw broken(
          Invariant.MODEST,
          "%s: %d polls in %d s, with %d reasons",
          job.id(),
          story.polls,
          waited.toSeconds(),
          story.reasonsToPoll);
    }
  }
}
