package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.callback.MediaHosts;
import dev.pixal3d.jobs.core.endpoint.EndpointKeeper;
import dev.pixal3d.jobs.core.gate.GateKeeper;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.LifecycleSettings;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.usecase.AcceptJob;
import dev.pixal3d.jobs.core.usecase.CancelJob;
import dev.pixal3d.jobs.core.usecase.DeliverWebhook;
import dev.pixal3d.jobs.core.usecase.DispatchJob;
import dev.pixal3d.jobs.core.usecase.PollJob;
import dev.pixal3d.jobs.core.usecase.ReadStatus;
import dev.pixal3d.jobs.core.usecase.ReceiveCallback;
import dev.pixal3d.jobs.core.usecase.ReplayWebhook;
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
  public final InMemoryClientStore clients = new InMemoryClientStore();
  public final InMemoryEndpointStore endpoints = new InMemoryEndpointStore();
  public final ScriptedReceiver receiver = new ScriptedReceiver(clock);
  public final RecordedMetrics metrics = new RecordedMetrics();
  public final CallbackTokens tokens = new CallbackTokens(() -> List.of("a-secret"));

  private final Lifecycle lifecycle;
  private final RequestIds newId = new RequestIds(clock, new SplittableRandom(42));

  public World() {
    this(Jobs.SETTINGS);
  }

  public World(LifecycleSettings settings) {
    this.lifecycle = new Lifecycle(settings);
    clients.put(new Client("acme", true, List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")));
  }

  public Transitions transitions() {
    return new Transitions(store, queues, lifecycle, clock, metrics);
  }

  public GateKeeper gate() {
    return new GateKeeper(gateStore, Jobs.SETTINGS.dispatchBackoff(), clock, metrics);
  }

  public AcceptJob acceptJob(boolean open) {
    return new AcceptJob(store, transitions(), lifecycle, gate(), newId, clock, open, metrics);
  }

  public DispatchJob dispatchJob() {
    return new DispatchJob(store, transitions(), gate(), pixal3d, tokens, clock);
  }

  public PollJob pollJob() {
    return new PollJob(store, transitions(), pixal3d);
  }

  public SweepDueJobs sweepDueJobs() {
    return new SweepDueJobs(store, transitions(), queues, clock, DUE_SHARDS, metrics);
  }

  public ReceiveCallback receiveCallback(boolean readBack) {
    return new ReceiveCallback(
        store,
        transitions(),
        pixal3d,
        tokens,
        new MediaHosts(List.of(".r2.dev"), false),
        readBack,
        metrics);
  }

  public ReadStatus readStatus() {
    return new ReadStatus(store, transitions());
  }

  public CancelJob cancelJob() {
    return new CancelJob(readStatus(), transitions());
  }

  public ReplayWebhook replayWebhook() {
    return new ReplayWebhook(readStatus(), transitions());
  }

  public DeliverWebhook deliverWebhook() {
    return new DeliverWebhook(
        store,
        clients,
        transitions(),
        new EndpointKeeper(endpoints, clock, metrics),
        receiver,
        clock);
  }

  /** A job of a client that wants to be told, as Pixal3D has accepted it. */
  public Job dispatchedWithWebhook(WebhookMode mode) {
    Job job =
        lifecycle.accept(newId.get(), "acme", Jobs.orderWithWebhook(mode), clock.instant()).job();
    store.create(job);
    dispatchJob().dispatch(job.id(), 1);
    return job(job.id());
  }

  /** Something happens to a job; the messages that follow are in the queues. */
  public Job happens(Job job, Event event) {
    transitions().apply(job, event);
    return job(job.id());
  }

  /** Delivers all messages that are there for clients' webhooks, delayed ones too. */
  public void notifyClients() {
    for (JobMessage message : queues.takeAll()) {
      switch (message) {
        case JobMessage.Notify(var id, int attempt, var _) -> deliverWebhook().tellEnd(id, attempt);
        case JobMessage.Progress(var id, int report) -> deliverWebhook().tellProgress(id, report);
        default -> {}
      }
    }
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
