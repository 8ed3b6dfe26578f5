package dev.pixal3d.jobs.bench.warm;

import dev.pixal3d.jobs.bench.meter.ReferenceJob;
import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.Wiring;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.queue.JobQueues;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.lambda.Applications;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A function's application with the jobs and the queues in memory. The queues keep nothing, the
 * store only what was saved here.
 */
final class World {
  static final String API_KEY = "a-client's-key-of-32-characters-";
  static final String CALLBACK_SECRET = "a-secret-of-some-forty-characters-or-so";
  static final URI PUBLIC_URL = URI.create("https://api.example.com");

  private static final String CLIENT = "acme";
  private static final Map<String, String> SETTINGS =
      Map.of(
          "TABLE_NAME",
          "jobs",
          "PIXAL3D_API_KEY",
          "upstream-key",
          "CALLBACK_SECRET",
          CALLBACK_SECRET,
          "PUBLIC_URL",
          PUBLIC_URL.toString());

  private final ForgetfulJobStore jobs = new ForgetfulJobStore();
  private final ItemsInMemory items = new ItemsInMemory();
  private final Application application = Applications.of(SETTINGS, new InMemory());

  World() {
    application.clientStore().put(new Client(CLIENT, true, List.of()));
    application.clientStore().putKey(API_KEY, CLIENT);
  }

  private final class InMemory implements Wiring {
    private final Map<Class<?>, Object> parts =
        Map.of(
            JobStore.class, jobs,
            JobQueues.class, (JobQueues) _ -> {},
            DynamoDbClient.class, items);

    @Override
    public <T> T part(Class<T> kind, Supplier<? extends T> made) {
      Object part = parts.get(kind);
      return part == null ? made.get() : kind.cast(part);
    }
  }

  Application application() {
    return application;
  }

  /** Saves a job, with a webhook, to which these things have happened. */
  Job saved(Event... events) {
    Lifecycle lifecycle = application.lifecycle();
    Instant now = application.clock().instant();
    var order =
        new Job.Order(
            ReferenceJob.BODY,
            URI.create(ReferenceJob.WEBHOOK_URL),
            WebhookMode.TERMINAL,
            PUBLIC_URL);
    Job job = lifecycle.accept(application.requestIds().get(), CLIENT, order, now).job();
    for (Event event : events) {
      job = lifecycle.decide(job, event, now).job();
    }
    jobs.keep(job);
    return job;
  }
}
