package dev.pixal3d.jobs.simulation.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.store.IdempotencyRecord;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.core.store.StoreException;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.simulation.world.Agenda;
import dev.pixal3d.jobs.simulation.world.Chance;
import dev.pixal3d.jobs.simulation.world.FaultLevel;
import dev.pixal3d.jobs.simulation.world.Faults;
import dev.pixal3d.jobs.simulation.world.Trace;
import dev.pixal3d.jobs.simulation.world.World;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the simulation takes for DynamoDB does what DynamoDB Local does. */
class SimulatedDynamoDbTest {
  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
  private static final int SHARDS = 2;
  private static final int CALLS = 600;

  @Test
  void answers_a_random_course_of_calls_as_dynamodb_local_does() {
    List<Object> simulated = new ArrayList<>();
    inASandbox(dynamoDb -> simulated.addAll(course(dynamoDb, "jobs")));
    List<Object> local;
    try (EmbeddedAws aws = EmbeddedAws.start(Template.load(Path.of("../../template.yaml")), null)) {
      local = course(aws.dynamoDb(), aws.tableName());
    }

    assertThat(simulated).hasSizeGreaterThan(CALLS / 2);
    for (int call = 0; call < local.size(); call++) {
      assertThat(simulated.get(call)).as("call %d", call).isEqualTo(local.get(call));
    }
  }

  private interface Work {
    void with(DynamoDbClient dynamoDb);
  }

  private static void inASandbox(Work work) {
    var agenda = new Agenda(START.toEpochMilli());
    var chance = new Chance(1);
    var faults = new Faults(agenda, chance, FaultLevel.NONE, Long.MAX_VALUE, _ -> true, _ -> {});
    var world = new World(agenda, chance, faults, new Trace(false));
    var table = new SimulatedTable(agenda, faults);
    var sandbox = new Sandbox(world, table, "test");
    agenda.start(() -> work.with(new SimulatedDynamoDb(table, sandbox)));
    while (agenda.next()) {
      // Until nothing is left to happen.
    }
  }

  /** What a store answers to calls that a fixed seed decides. */
  private static List<Object> course(DynamoDbClient dynamoDb, String tableName) {
    RandomGenerator random = new SplittableRandom(42);
    JobStore store = new DynamoDbJobStore(dynamoDb, tableName, SHARDS, new SplittableRandom(43));
    var ids = new RequestIds(() -> START, new SplittableRandom(44));
    var lifecycle = new Lifecycle(new Config(Map.of()).lifecycle());
    var jobs = new ArrayList<Job>();
    var answers = new ArrayList<Object>();
    for (int call = 0; call < CALLS; call++) {
      Instant now = START.plusSeconds(call);
      Job made = lifecycle.accept(ids.get(), "client" + random.nextInt(2), order(), now).job();
      Job known = jobs.isEmpty() ? made : jobs.get(random.nextInt(jobs.size()));
      switch (random.nextInt(7)) {
        case 0 -> answers.add(created(store, random.nextInt(4) == 0 ? known : made, jobs));
        case 1 -> {
          String key = "key" + random.nextInt(5);
          var record =
              new IdempotencyRecord(made.client(), key, "f", made.id(), now.plusSeconds(90));
          var earlier = store.createOnce(made, record, now);
          if (earlier.isEmpty()) {
            jobs.add(made);
          }
          answers.add(earlier);
        }
        case 2 ->
            answers.add(store.findIdempotencyRecord("client0", "key" + random.nextInt(5), now));
        case 3 -> answers.add(store.load(known.id()));
        case 4 -> {
          Job before = random.nextBoolean() ? known : known.ofVersion(known.version() + 1);
          Job after = lifecycle.decide(before, event(random, before), now).job();
          JobStore.Saved saved = store.save(before, after);
          if (saved instanceof JobStore.Saved.Won(Job won)) {
            jobs.replaceAll(job -> job.id().equals(won.id()) ? won : job);
          }
          answers.add(saved);
        }
        case 5 -> answers.add(duePages(store, random.nextInt(SHARDS), now));
        default -> answers.add(listPages(store, "client" + random.nextInt(2)));
      }
    }
    return answers;
  }

  private static Job.Order order() {
    return new Job.Order(
        "{\"image_url\":\"https://example.com/a.png\"}",
        URI.create("https://hooks.example.com"),
        WebhookMode.TERMINAL,
        URI.create("https://jobs.example.com"));
  }

  private static Event event(RandomGenerator random, Job job) {
    return switch (random.nextInt(4)) {
      case 0 -> new Event.DispatchBegan(job.attempt());
      case 1 -> new Event.UpstreamAccepted("up-1");
      case 2 -> new Event.Due();
      default -> new Event.Cancelled();
    };
  }

  private static Object created(JobStore store, Job job, List<Job> jobs) {
    try {
      store.create(job);
      jobs.add(job);
      return "created";
    } catch (StoreException _) {
      return "there already";
    }
  }

  private static List<Object> duePages(JobStore store, int shard, Instant now) {
    var pages = new ArrayList<Object>();
    JobStore.DuePage page = store.findDue(shard, now.minus(Duration.ofSeconds(30)), null, 3);
    pages.add(page.jobs());
    while (page.last() != null) {
      page = store.findDue(shard, now.minus(Duration.ofSeconds(30)), page.last(), 3);
      pages.add(page.jobs());
    }
    return pages;
  }

  private static List<Object> listPages(JobStore store, String client) {
    var pages = new ArrayList<Object>();
    JobStore.JobPage page = store.findByClient(client, null, 4);
    pages.add(page.jobs());
    while (page.last() != null) {
      page = store.findByClient(client, page.last(), 4);
      pages.add(page.jobs());
    }
    return pages;
  }
}
