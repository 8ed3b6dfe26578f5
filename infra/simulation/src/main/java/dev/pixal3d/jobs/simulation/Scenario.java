package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.simulation.outside.JobPlan;
import dev.pixal3d.jobs.simulation.world.Chance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a seed makes of a run, apart from what goes wrong: the settings, and what clients mean to
 * do.
 *
 * @param settings of the functions
 * @param plans one for each job
 */
public record Scenario(Map<String, String> settings, List<JobPlan> plans) {
  /** Who submits jobs. */
  public static final List<String> CLIENTS = List.of("ann", "bob", "cleo");

  /** When things stop to go wrong, from the begin of a run. */
  static final long FAULTS_LAST_MILLIS = 3 * 3_600_000L;

  private static final int FEWEST_JOBS = 10;
  private static final int MOST_JOBS = 14;

  /** Before that a read may not show yet who the clients are. */
  private static final long KNOWN_AFTER_MILLIS = 5_000;

  private static final long SUBMITS_LAST_MILLIS = 5_400_000;

  public Scenario {
    settings = Map.copyOf(settings);
    plans = List.copyOf(plans);
  }

  static Scenario of(Chance chance) {
    RandomGenerator random = chance.of("scenario");
    var plans = new ArrayList<JobPlan>();
    int jobs = random.nextInt(FEWEST_JOBS, MOST_JOBS + 1);
    for (int number = 0; number < jobs; number++) {
      plans.add(plan(number, chance.of("plan " + number)));
    }
    return new Scenario(settings(random), plans);
  }

  private static Map<String, String> settings(RandomGenerator random) {
    var settings = new HashMap<String, String>();
    settings.put("PIXAL3D_BASE_URL", "http://localhost:1");
    settings.put("ALLOW_LOOPBACK", "true");
    settings.put("PIXAL3D_API_KEY", "upstream-key");
    settings.put("CALLBACK_SECRET", "callback-secret");
    settings.put("PUBLIC_URL", "https://jobs.example.com");
    settings.put("DUE_SHARDS", Integer.toString(1 + random.nextInt(3)));
    settings.put("RETENTION_DAYS", "2");
    settings.put("FIRST_POLL_SECONDS", Integer.toString(random.nextInt(60, 300)));
    settings.put("UNKNOWN_GRACE_SECONDS", Integer.toString(random.nextInt(300, 7_201)));
    settings.put("JOB_DEADLINE_SECONDS", Integer.toString(random.nextInt(1_800, 7_201)));
    settings.put("ON_UNKNOWN_SUBMIT", random.nextInt(3) == 0 ? "resubmit" : "fail");
    settings.put("VERIFY_CALLBACKS", random.nextInt(3) == 0 ? "readback" : "token");
    return settings;
  }

  private static JobPlan plan(int number, RandomGenerator random) {
    String client = CLIENTS.get(random.nextInt(CLIENTS.size()));
    boolean sync = random.nextInt(20) == 0;
    return new JobPlan(
        number,
        client,
        random.nextLong(KNOWN_AFTER_MILLIS, SUBMITS_LAST_MILLIS),
        random.nextInt(4) == 0 ? null : "order-" + number,
        sync || random.nextInt(3) > 0 ? webhookUrl(client, random) : null,
        sync,
        random.nextInt(5) == 0 ? random.nextLong(random.nextBoolean() ? 2_000 : 600_000) : null,
        random.nextLong(30_000, 1_200_000),
        random.nextInt(10) == 0);
  }

  private static @Nullable String webhookUrl(String client, RandomGenerator random) {
    boolean dead = random.nextInt(25) == 0;
    return "https://" + (dead ? "dead." : "hooks.") + client + ".example.com/pixal3d";
  }
}
