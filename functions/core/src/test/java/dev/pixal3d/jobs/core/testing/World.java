package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.callback.MediaHosts;
import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.LifecycleSettings;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.usecase.AcceptJob;
import dev.pixal3d.jobs.core.usecase.DispatchJob;
import dev.pixal3d.jobs.core.usecase.PollJob;
import dev.pixal3d.jobs.core.usecase.ReceiveCallback;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.core.usecase.SweepDueJobs;
import dev.pixal3d.jobs.core.usecase.Transitions;
import java.net.URI;
import java.util.List;
import java.util.SplittableRandom;

/** The core with everything around it in memory. */
public final class World {
  public static final int DUE_SHARDS = 4;

  public final MutableClock clock = new MutableClock();
  public final InMemoryJobStore store = new InMemoryJobStore(DUE_SHARDS);
  public final InMemoryQueues queues = new InMemoryQueues();
  public final InMemoryGateStore gateStore = new InMemoryGateStore();
  public final ScriptedPixal3d pixal3d = new ScriptedPixal3d();
  public final CallbackTokens tokens = new CallbackTokens(() -> List.of("a-secret"));

  private final Lifecycle lifecycle;
  private final RequestIds newId = new RequestIds(clock, new SplittableRandom(42));

  public World() {
    this(Jobs.SETTINGS);
  }

  public World(LifecycleSettings settings) {
    this.lifecycle = new Lifecycle(settings);
  }

  public Transitions transitions() {
    return new Transitions(store, queues, lifecycle, clock);
  }

  public GateKeeper gate() {
    return new GateKeeper(gateStore, Jobs.SETTINGS.dispatchBackoff(), clock);
  }

  public AcceptJob acceptJob(boolean open) {
    return new AcceptJob(store, transitions(), lifecycle, gate(), newId, clock, open);
  }

  public DispatchJob dispatchJob() {
    return new DispatchJob(store, transitions(), gate(), pixal3d, tokens, clock);
  }

  public PollJob pollJob() {
    return new PollJob(store, transitions(), pixal3d);
  }

  public SweepDueJobs sweepDueJobs() {
    return new SweepDueJobs(store, transitions(), queues, clock, DUE_SHARDS);
  }

  public ReceiveCallback receiveCallback(boolean readBack) {
    return new ReceiveCallback(
        store, transitions(), pixal3d, tokens, new MediaHosts(List.of(".r2.dev"), false), readBack);
  }

  /** A job that was taken in, its message already taken from the queue. */
  public Job accepted() {
    Job job =
        lifecycle
            .accept(newId.get(), "acme", Jobs.order(WebhookMode.TERMINAL), clock.instant())
            .job();
    store.create(job);
    return job;
  }

  /** A job that Pixal3D has accepted. */
  public Job dispatched() {
    Job job = accepted();
    dispatchJob().dispatch(job.id(), 1);
    queues.takeAll();
    return job(job.id());
  }

  /** The job as it stands. */
  public Job job(RequestId id) {
    return store.load(id).orElseThrow();
  }

  /** The token of Pixal3D's callbacks for a job. */
  public String token(RequestId id) {
    String url = tokens.callbackUrl(URI.create("https://api.example.com"), id).toString();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** Sweeps once and gives the messages that the sweep sent for jobs. */
  public List<JobMessage> sweep() {
    sweepDueJobs().sweepAll();
    for (JobMessage message : queues.takeAll()) {
      if (message instanceof JobMessage.SweepShard(int shard)) {
        sweepDueJobs().sweepShard(shard, () -> true);
      }
    }
    return queues.takeAll();
  }
}
