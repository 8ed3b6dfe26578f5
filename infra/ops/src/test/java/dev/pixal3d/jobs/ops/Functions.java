package dev.pixal3d.jobs.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixal3d.jobs.core.api.SubmitRequest;
import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.callback.MediaHosts;
import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.store.DynamoDbGateStore;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.telemetry.Metrics;
import dev.pixal3d.jobs.core.testing.InMemoryQueues;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.usecase.AcceptJob;
import dev.pixal3d.jobs.core.usecase.DispatchJob;
import dev.pixal3d.jobs.core.usecase.PollJob;
import dev.pixal3d.jobs.core.usecase.ReceiveCallback;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.core.usecase.SweepDueJobs;
import dev.pixal3d.jobs.core.usecase.Transitions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What the functions do, deployed on one table. */
final class Functions {
  private static final int SHARDS = 16;

  private final String table;
  private final Pixal3d pixal3d;
  private final InstantSource clock;
  private final JobStore store;
  private final InMemoryQueues queues = new InMemoryQueues();
  private final Lifecycle lifecycle = new Lifecycle(Jobs.SETTINGS);
  private final CallbackTokens tokens = new CallbackTokens(() -> List.of("a-secret"));

  Functions(String table, Pixal3d pixal3d, InstantSource clock) {
    this.table = table;
    this.pixal3d = pixal3d;
    this.clock = clock;
    this.store = Tool.jobs(table);
  }

  String table() {
    return table;
  }

  AcceptJob.Result accept(SubmitRequest submit, URI publicUrl) {
    return new AcceptJob(
            store,
            transitions(),
            lifecycle,
            gate(),
            new RequestIds(clock, new SecureRandom()),
            clock,
            true,
            Metrics.NONE)
        .accept(submit, "acme", publicUrl);
  }

  /** Handles a message that is meant for the job as it stands. */
  void dispatch(RequestId id) {
    dispatch(id, job(id).attempt());
  }

  private void dispatch(RequestId id, int attempt) {
    new DispatchJob(store, transitions(), gate(), pixal3d, tokens, clock).dispatch(id, attempt);
  }

  /** The client does not want the job any more. */
  void cancel(RequestId id) {
    transitions().apply(job(id), new Event.Cancelled());
  }

  /** One sweep, and all that it says is to be done now. */
  void sweepAndWork() {
    queues.takeAll();
    var sweep = new SweepDueJobs(store, transitions(), queues, clock, SHARDS, Metrics.NONE);
    for (int shard = 0; shard < SHARDS; shard++) {
      sweep.sweepShard(shard, () -> true);
    }
    for (JobMessage message : queues.takeAll()) {
      switch (message) {
        case JobMessage.Dispatch(RequestId id, int attempt, var _) -> dispatch(id, attempt);
        case JobMessage.Poll(RequestId id, int attempt, var _) ->
            new PollJob(store, transitions(), pixal3d).poll(id, attempt);
        default -> {}
      }
    }
  }

  /** Pixal3D calls back. */
  ReceiveCallback.Result callBack(RequestId id, String upstreamId) {
    String url = tokens.callbackUrl(URI.create("https://api.example.com"), id).toString();
    String body = "{\"request_id\":\"%s\",\"status\":\"COMPLETED\"}".formatted(upstreamId);
    return new ReceiveCallback(
            store,
            transitions(),
            pixal3d,
            tokens,
            new MediaHosts(List.of(), true),
            false,
            Metrics.NONE)
        .receive(id.value(), url.substring(url.lastIndexOf('/') + 1), body.getBytes(UTF_8));
  }

  Optional<Job> find(RequestId id) {
    return store.load(id);
  }

  Job job(RequestId id) {
    return find(id).orElseThrow();
  }

  private Transitions transitions() {
    return new Transitions(store, queues, lifecycle, clock, Metrics.NONE);
  }

  private GateKeeper gate() {
    return new GateKeeper(
        new DynamoDbGateStore(Tool.AWS.dynamoDb(), table),
        Jobs.SETTINGS.dispatchBackoff(),
        clock,
        Metrics.NONE);
  }
}
