package dev.pixal3d.jobs.local.system;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.local.system.JobStory.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * All that is promised, held to what can be seen from outside, while the whole stack is killed
 * (SIGKILL) at random moments again and again, Pixal3D misbehaves in every way it can, and the
 * clients' own servers are slow and fail.
 *
 * <p>{@code -Dchaos.seconds} tells for how long, {@code -Dchaos.seed} what is drawn. The same seed
 * draws the same, but threads and processes meet it at other moments. What was in a queue at a kill
 * comes back a minute later, so it takes a good minute more; nearly all of that is waiting, so it
 * begins first and the others run meanwhile.
 */
@Order(1)
class ChaosIT {
  private static final Duration KILLING = Duration.ofSeconds(Long.getLong("chaos.seconds", 30));
  private static final int LEAST_KILLS = 3;
  private static final int LEAST_JOBS = 40;

  /** On a machine that does much else it takes longer until there were enough. */
  private static final Duration LONGEST_KILLING = KILLING.multipliedBy(3);

  private static final int THREADS_OF_A_CUSTOMER = 4;

  /** The longest that the stack lives, from when it is up. */
  private static final int LONGEST_LIFE_MILLIS = 8000;

  /** The longest after which a start is cut off. */
  private static final int LONGEST_START_MILLIS = 3000;

  private static final Duration JOB_DEADLINE = Duration.ofSeconds(75);

  /**
   * A lost message is made up for after a minute; one that was lost again and again after sixteen
   * at the most, for each sweep that took its job doubled the time.
   */
  private static final Duration DUE_TIME = Duration.ofMinutes(17);

  private static final Path REPORT = Path.of("target/chaos.txt");

  private final long seed = Long.getLong("chaos.seed", new SecureRandom().nextInt());

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  @Test
  void killedAtAnyMomentTheStackLosesNoJobPaysForNoneTwiceAndTellsEveryClient(TestReporter report)
      throws Exception {
    report.publishEntry("-Dchaos.seed", Long.toString(seed));
    try (MortalStack stack = MortalStack.start(folder, launch(), "glb=off");
        Customer local = localCustomer(stack);
        Customer acme = newCustomer("acme", stack)) {
      List<Customer> customers = List.of(local, acme);
      letLoose(stack, local, acme);

      customers.forEach(Customer::finish);
      List<String> unquiet = awaitQuiet(stack, customers);
      Duration settling = Duration.ofNanos(System.nanoTime() - stack.kills().getLast());
      customers.forEach(Customer::readAll);

      List<Simulator.Job> upstream = stack.pixal3d().jobs();
      List<JobStory> stories =
          customers.stream().flatMap(customer -> customer.stories(upstream).stream()).toList();
      String figures = figures(stack, customers, stories, settling);
      Files.writeString(REPORT, figures);
      List<String> broken = brokenPromises(stack, customers, stories, upstream);
      broken.addAll(unquiet);
      assertThat(broken).as(figures).isEmpty();
      assertThat(stories).as(figures).hasSizeGreaterThanOrEqualTo(LEAST_JOBS);
      assertThat(stories).as(figures).extracting(JobStory::end).contains("COMPLETED");
    }
  }

  private static RunningStack.Launch launch() {
    return RunningStack.Launch.quick()
        .with("READ_THROUGH_SECONDS", "5")
        .with("JOB_DEADLINE_SECONDS", Long.toString(JOB_DEADLINE.toSeconds()));
  }

  private static Customer localCustomer(MortalStack stack) {
    return new Customer("local", stack.life().client(), stack.life().webhookSecret());
  }

  private static Customer newCustomer(String name, MortalStack stack) {
    JsonNode made = new OperatorsTool(stack.life()).run("keys", "create", name, "--json").json();
    return new Customer(
        name,
        new Client(stack.life().api(), made.path("api_key").asText()),
        made.path("webhook_secret").asText());
  }

  /** Until the time is over; then the stack is up, and Pixal3D behaves well. */
  private void letLoose(MortalStack stack, Customer one, Customer other) throws Exception {
    var random = new SplittableRandom(seed);
    var over = new CountDownLatch(1);
    var running = new ArrayList<Future<?>>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < THREADS_OF_A_CUSTOMER; i++) {
        running.add(threads.submit(using(one, other, random.split(), over)));
        running.add(threads.submit(using(other, one, random.split(), over)));
      }
      running.add(threads.submit(changing(new Weather(stack.pixal3d()), random.split(), over)));
      try {
        killAgainAndAgain(stack, random, over, () -> one.jobs() + other.jobs());
      } finally {
        over.countDown();
      }
    }
    for (Future<?> ended : running) {
      ended.get();
    }
  }

  private static Callable<Object> using(
      Customer customer, Customer stranger, RandomGenerator random, CountDownLatch over) {
    return () -> {
      customer.use(random, stranger, over);
      return customer;
    };
  }

  private static Callable<Object> changing(
      Weather weather, RandomGenerator random, CountDownLatch over) {
    return () -> {
      weather.change(random, over);
      return weather;
    };
  }

  private static void killAgainAndAgain(
      MortalStack stack, RandomGenerator random, CountDownLatch over, IntSupplier jobs)
      throws InterruptedException {
    long begin = System.nanoTime();
    BooleanSupplier isEnough =
        () -> stack.kills().size() >= LEAST_KILLS && jobs.getAsInt() >= LEAST_JOBS;
    while (isWithin(KILLING, begin)
        || (isWithin(LONGEST_KILLING, begin) && !isEnough.getAsBoolean())) {
      var _ = over.await(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
      stack.kill();
      while (random.nextInt(3) == 0) {
        stack.beginAgain();
        var _ = over.await(random.nextInt(LONGEST_START_MILLIS), TimeUnit.MILLISECONDS);
        stack.kill();
      }
      stack.startAgain();
    }
  }

  private static boolean isWithin(Duration time, long begin) {
    return System.nanoTime() - begin < time.toNanos();
  }

  /** Waits until nothing is to happen any more; what does not come to an end, in words. */
  private static List<String> awaitQuiet(MortalStack stack, List<Customer> customers) {
    var unquiet = new ArrayList<String>();
    for (Customer customer : customers) {
      awaitEmpty("not ended", customer::notEnded, JOB_DEADLINE.plus(DUE_TIME), unquiet);
      unquiet.addAll(customer.timelines(customer.notEnded()));
    }
    for (Customer customer : customers) {
      awaitEmpty("not told", customer::notDelivered, DUE_TIME, unquiet);
    }
    try (Queues queues = stack.life().queues()) {
      awaitEmpty("messages", () -> messages(queues), JOB_DEADLINE, unquiet);
    }
    return unquiet;
  }

  private static void awaitEmpty(
      String what, Callable<List<String>> rest, Duration patience, List<String> unquiet) {
    try {
      await(what).atMost(patience).pollInterval(Duration.ofSeconds(1)).until(rest, List::isEmpty);
    } catch (ConditionTimeoutException e) {
      unquiet.add("%s after %s: %s".formatted(what, patience, e.getMessage()));
    }
  }

  /** The queues that hold messages, and how many. */
  private static List<String> messages(Queues queues) {
    var messages = new TreeMap<String, Integer>();
    for (String queue : List.of("DispatchQueue", "PollQueue", "NotifyQueue", "SweepQueue")) {
      messages.put(queue, queues.visible(queue) + queues.inFlight(queue) + queues.delayed(queue));
      String deadLetters = queues.deadLettersOf(queue);
      messages.put(deadLetters, queues.visible(deadLetters));
    }
    messages.values().removeIf(count -> count == 0);
    return messages.entrySet().stream().map(Object::toString).toList();
  }

  private static List<String> brokenPromises(
      MortalStack stack,
      List<Customer> customers,
      List<JobStory> stories,
      List<Simulator.Job> upstream) {
    var broken = new ArrayList<String>();
    stories.forEach(story -> broken.addAll(story.brokenPromises(stack.kills())));
    customers.forEach(customer -> broken.addAll(customer.complaints()));
    upstream.stream().collect(groupingBy(Simulator.Job::imageUrl)).values().stream()
        .filter(jobs -> jobs.size() > 1)
        .forEach(jobs -> broken.add("one submit, but Pixal3D was given: " + jobs));
    Set<String> known = stories.stream().map(JobStory::requestId).collect(toSet());
    upstream.stream()
        .filter(job -> !known.contains(job.ourId()))
        .forEach(job -> broken.add("nobody's job was given to Pixal3D: " + job));
    var tool = new OperatorsTool(stack.life());
    customers.forEach(customer -> broken.addAll(stillWaiting(customer, tool)));
    return broken;
  }

  private static List<String> stillWaiting(Customer customer, OperatorsTool tool) {
    JsonNode jobs =
        tool.run("jobs", "list", "--client", customer.name(), "--limit", "1000000", "--json")
            .json();
    return StreamSupport.stream(jobs.spliterator(), false)
        .filter(job ->
            !job.path("waits_for").asText().equals("NOTHING") || !job.path("due_at").isNull())
        .map(job -> "something is still to happen for " + job)
        .toList();
  }

  private String figures(
      MortalStack stack, List<Customer> customers, List<JobStory> stories, Duration settling) {
    Map<String, Long> ends =
        stories.stream().collect(groupingBy(JobStory::end, TreeMap::new, counting()));
    List<Told> told = stories.stream().flatMap(story -> story.told().stream()).toList();
    List<Simulator.Job> upstream =
        stories.stream().flatMap(story -> story.upstream().stream()).toList();
    return """
    seed %d (-Dchaos.seed), %d s (-Dchaos.seconds): %d kills, %d submits, %d jobs %s,
    %d reads, %d webhooks for %d events of which %d came again after they were taken,
    %d jobs at Pixal3D of which %d were charged; all was done %d s after the last kill
    """
        .formatted(
            seed,
            KILLING.toSeconds(),
            stack.kills().size(),
            customers.stream().mapToInt(Customer::submits).sum(),
            stories.size(),
            ends,
            stories.stream().mapToInt(story -> story.reads().size()).sum(),
            told.size(),
            told.stream().map(one -> one.delivery().id()).distinct().count(),
            told.stream()
                .filter(Told::isTaken)
                .collect(groupingBy(one -> one.delivery().id(), counting()))
                .values()
                .stream()
                .filter(times -> times > 1)
                .count(),
            upstream.size(),
            upstream.stream().filter(Simulator.Job::charged).count(),
            settling.toSeconds());
  }
}
