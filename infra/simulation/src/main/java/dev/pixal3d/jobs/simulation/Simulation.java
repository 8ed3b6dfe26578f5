package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.core.Wiring;
import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.jobs.simulation.aws.Cloud;
import dev.pixal3d.jobs.simulation.aws.Sandbox;
import dev.pixal3d.jobs.simulation.outside.Endpoints;
import dev.pixal3d.jobs.simulation.outside.JobClient;
import dev.pixal3d.jobs.simulation.outside.JobPlan;
import dev.pixal3d.jobs.simulation.outside.SimulatedPixal3d;
import dev.pixal3d.jobs.simulation.outside.Stranger;
import dev.pixal3d.jobs.simulation.promise.Broken;
import dev.pixal3d.jobs.simulation.promise.Promises;
import dev.pixal3d.jobs.simulation.world.Agenda;
import dev.pixal3d.jobs.simulation.world.Chance;
import dev.pixal3d.jobs.simulation.world.FaultLevel;
import dev.pixal3d.jobs.simulation.world.Faults;
import dev.pixal3d.jobs.simulation.world.Strike;
import dev.pixal3d.jobs.simulation.world.Trace;
import dev.pixal3d.jobs.simulation.world.World;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One run: some jobs, from their submits until nothing is left to happen, with what goes wrong on
 * the way. The seed decides everything; the same seed gives the same run, step for step.
 */
public final class Simulation {
  private static final Instant BEGIN = Instant.parse("2026-11-23T00:00:00Z");

  /** Longer than a webhook is owed at the most, with all that comes before. */
  private static final Duration LONGEST_RUN = Duration.ofDays(6);

  private final Template template;
  private final FaultLevel level;
  private final UnaryOperator<Wiring> variant;

  /**
   * @param template the deployed system
   * @param variant wraps or replaces parts of the functions
   */
  public Simulation(Template template, FaultLevel level, UnaryOperator<Wiring> variant) {
    this.template = template;
    this.level = level;
    this.variant = variant;
  }

  /** Runs a seed. */
  public Outcome run(long seed) {
    return run(seed, _ -> true, _ -> true, false);
  }

  /**
   * Runs a seed.
   *
   * @param plans which of the scenario's jobs there are
   * @param faults which of the faults that are drawn come about
   * @param traced whether the trace is kept
   */
  public Outcome run(
      long seed, Predicate<JobPlan> plans, Predicate<Strike> faults, boolean traced) {
    return new Run(seed, plans, faults, traced).outcome();
  }

  private final class Run implements Cloud.Network {
    private final long seed;
    private final Trace trace;
    private final Agenda agenda = new Agenda(BEGIN.toEpochMilli());
    private final World world;
    private final Promises promises;
    private final Cloud cloud;
    private final SimulatedPixal3d pixal3d;
    private final Endpoints endpoints;

    Run(long seed, Predicate<JobPlan> plans, Predicate<Strike> faults, boolean traced) {
      this.seed = seed;
      this.trace = new Trace(traced);
      var chance = new Chance(seed);
      Scenario scenario = Scenario.of(chance);
      this.world =
          new World(
              agenda,
              chance,
              new Faults(
                  agenda,
                  chance,
                  level,
                  BEGIN.toEpochMilli() + Scenario.FAULTS_LAST_MILLIS,
                  faults,
                  strike -> worldTells(strike)),
              trace);
      this.promises = new Promises(world, new Config(scenario.settings()).lifecycle());
      this.pixal3d = new SimulatedPixal3d(world, promises);
      this.endpoints = new Endpoints(world, promises);
      this.cloud = new Cloud(world, template, scenario.settings(), this, variant);
      pixal3d.callBackTo(cloud);
      Clients.register(Scenario.CLIENTS, cloud.table());
      cloud.table().onWrite((_, key, _, item) -> tellWrite(key, item));
      cloud.table().onWrite(promises::written);
      List<JobPlan> chosen = scenario.plans().stream().filter(plans).toList();
      for (JobPlan plan : chosen) {
        var client = new JobClient(world, cloud, promises, plan, Scenario.CLIENTS);
        agenda.start(client::run);
      }
      agenda.start(new Stranger(world, pixal3d)::run);
    }

    private void tellWrite(String key, Map<String, AttributeValue> item) {
      if (item.containsKey("status")) {
        world.tell("table", () -> shown(DynamoDbJobStore.read(item)));
      } else if (key.startsWith("gate#") || key.startsWith("endpoint#")) {
        world.tell("table", () -> key + (item.isEmpty() ? " is deleted" : " is written"));
      }
    }

    private static String shown(Job job) {
      return "%s v%d %s, waits for %s (%d), due %s"
          .formatted(
              job.id(), job.version(), job.status(), job.waitsFor(), job.attempt(), job.dueAt());
    }

    private void worldTells(Strike strike) {
      world.tell("!", () -> strike.fault() + " (" + strike.opportunity() + ")");
    }

    Outcome outcome() {
      Throwable failure = failure();
      if (failure != null) {
        world.tell("BROKEN", failure::toString);
      }
      return new Outcome(
          seed,
          cloud.table().jobs().size(),
          world.faults().struck(),
          world.steps(),
          cloud.invocations(),
          failure,
          trace.lines());
    }

    private @Nullable Throwable failure() {
      long last = BEGIN.plus(LONGEST_RUN).toEpochMilli();
      try {
        while (agenda.next()) {
          if (agenda.now() > last) {
            throw Promises.surprise("There is no end of it");
          }
        }
        promises.atEnd(cloud.table(), cloud.fullQueue().orElse(null));
        return null;
      } catch (RuntimeException | Broken e) {
        return e;
      }
    }

    @Override
    public HttpClient.Builder httpClient(Sandbox sandbox) {
      return pixal3d.client(sandbox);
    }

    @Override
    public WebhookSender webhooks(Sandbox sandbox) {
      return endpoints.from(sandbox);
    }
  }
}
