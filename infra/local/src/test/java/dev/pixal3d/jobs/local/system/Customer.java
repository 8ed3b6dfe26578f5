package dev.pixal3d.jobs.local.system;

import static java.util.stream.Collectors.groupingBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.local.system.JobStory.Telling;
import dev.pixal3d.jobs.local.system.JobStory.Told;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * A client that uses the API without rest, whether it answers or not, and remembers all that it was
 * told. Its own server is slow, and fails at first for a part of the events.
 */
final class Customer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The local stack's queues wait while requests are open. */
  private static final int LONGEST_PAUSE_MILLIS = 800;

  private static final int SLOWEST_ANSWER_MILLIS = 200;
  private static final int READS_IN_A_ROW = 3;
  private static final int RECENT_JOBS = 40;
  private static final List<Telling> TELLINGS = List.of(Telling.values());

  private final String name;
  private final Client client;
  private final String webhookSecret;
  private final Receiver receiver = Receiver.start();

  /** By their ids, so in the order in which they were made. */
  private final NavigableMap<String, SeenJob> jobs = new ConcurrentSkipListMap<>();

  private final Queue<Order> unanswered = new ConcurrentLinkedQueue<>();
  private final Map<String, SeenJob> jobUnderKey = new ConcurrentHashMap<>();
  private final Set<String> failedOnce = ConcurrentHashMap.newKeySet();
  private final Set<String> delivered = ConcurrentHashMap.newKeySet();
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();
  private final Set<String> complaints = ConcurrentHashMap.newKeySet();
  private final AtomicInteger submits = new AtomicInteger();
  private final AtomicInteger lostAnswers = new AtomicInteger();

  /**
   * @param name as the system knows it
   */
  Customer(String name, Client client, String webhookSecret) {
    this.name = name;
    this.client = client;
    this.webhookSecret = webhookSecret;
    receiver.answers(this::take);
  }

  /** A job that is wanted. With an Idempotency-Key its request can be repeated. */
  private record Order(String picture, boolean hasKey, Telling telling, HttpRequest request) {}

  /** A job as this client sees it. */
  private static final class SeenJob {
    private final String id;
    private final Telling telling;
    private final List<JsonNode> reads = new ArrayList<>();

    SeenJob(String id, Telling telling) {
      this.id = id;
      this.telling = telling;
    }

    synchronized boolean hasEnded() {
      return !reads.isEmpty() && Client.isTerminal(reads.getLast());
    }
  }

  String name() {
    return name;
  }

  /** Submits, reads and cancels until that is over. Several threads may do so. */
  void use(RandomGenerator random, Customer stranger, CountDownLatch over)
      throws InterruptedException {
    while (!over.await(random.nextInt(LONGEST_PAUSE_MILLIS), TimeUnit.MILLISECONDS)) {
      Order order = Optional.ofNullable(unanswered.poll()).orElseGet(() -> draw(random));
      Optional<SeenJob> taken = submit(order);
      if (taken.isPresent()) {
        SeenJob job = taken.get();
        if (random.nextInt(5) == 0) {
          ask(job, client.cancellation(job.id), 409);
        }
        if (order.hasKey() && random.nextInt(4) == 0) {
          var _ = submit(order);
        }
        if (random.nextInt(10) == 0) {
          stranger.mayNotTouch(job.id);
        }
        read(job);
      }
      for (int i = 0; i < READS_IN_A_ROW; i++) {
        jobs.descendingMap().values().stream()
            .skip(random.nextInt(RECENT_JOBS))
            .findFirst()
            .ifPresent(this::read);
      }
    }
  }

  private Order draw(RandomGenerator random) {
    String picture = "https://example.com/%s/%d.png".formatted(name, random.nextLong());
    boolean hasKey = random.nextInt(3) > 0;
    Telling telling = TELLINGS.get(random.nextInt(TELLINGS.size()));
    var headers = new ArrayList<String>();
    if (hasKey) {
      headers.addAll(List.of("Idempotency-Key", picture));
    }
    if (telling != Telling.NOT_AT_ALL) {
      headers.addAll(List.of(receiver.headers()));
    }
    if (telling == Telling.SYNC) {
      headers.addAll(List.of("X-Webhook-Mode", "sync"));
    }
    String body = "{\"image_url\": \"%s\"}".formatted(picture);
    return new Order(
        picture, hasKey, telling, client.submissionOf(body, headers.toArray(String[]::new)));
  }

  /** The job that was taken; nothing if there was no answer, or the wallet is empty. */
  private Optional<SeenJob> submit(Order order) {
    submits.incrementAndGet();
    Optional<Answer> answer = answered(order.request());
    Optional<SeenJob> taken =
        answer
            .filter(it -> it.code() == 202)
            .map(it -> it.text("request_id"))
            .map(id -> jobs.computeIfAbsent(id, _ -> new SeenJob(id, order.telling())));
    answer
        .filter(it -> it.code() != 202 && it.code() != 402)
        .ifPresent(it -> complain("a submit was answered", it));
    if (answer.isEmpty() && order.hasKey()) {
      unanswered.add(order);
    } else if (answer.isEmpty()) {
      lostAnswers.incrementAndGet(); // It may have made a job or not.
    } else if (order.hasKey()) {
      taken.ifPresent(job -> isTheOneOf(order, job));
    }
    return taken;
  }

  private void isTheOneOf(Order order, SeenJob job) {
    SeenJob first = jobUnderKey.putIfAbsent(order.picture(), job);
    if (first != null && first != job) {
      complaints.add(
          "%s: %s and %s have one Idempotency-Key".formatted(order.picture(), first.id, job.id));
    }
  }

  private void read(SeenJob job) {
    ask(job, client.request("/v2/requests/status/" + job.id).build(), 200);
  }

  /**
   * Asks, and remembers the status that is answered. What is asked about one job does not overlap,
   * so the order of the answers is that of what they tell.
   *
   * @param alsoGood what may be answered instead of 200
   */
  private void ask(SeenJob job, HttpRequest request, int alsoGood) {
    synchronized (job) {
      answered(request)
          .ifPresent(answer -> {
            if (answer.code() == 200) {
              job.reads.add(answer.json());
            } else if (answer.code() != alsoGood) {
              complain(job.id + " was answered", answer);
            }
          });
    }
  }

  /** Tries at a job of somebody else. */
  private void mayNotTouch(String id) {
    for (HttpRequest request :
        List.of(
            client.request("/v2/requests/status/" + id).build(),
            client.request("/v2/requests/" + id + "/timeline").build(),
            client.cancellation(id))) {
      answered(request)
          .filter(answer -> answer.code() != 404)
          .ifPresent(
              answer -> complain("%s asked %s of somebody else".formatted(name, request), answer));
    }
  }

  /** What comes back; nothing if the system is not there, or was killed meanwhile. */
  private Optional<Answer> answered(HttpRequest request) {
    try {
      return Optional.of(client.send(request));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    } catch (AssertionError e) {
      complaints.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private int take(Receiver.Delivery delivery) {
    if (!delivery.isSignedWith(webhookSecret)) {
      complaints.add(name + " got a webhook that is not signed for it: " + delivery);
    }
    int draw = Math.floorMod(delivery.id().hashCode(), 4 * SLOWEST_ANSWER_MILLIS);
    int answer = draw % 4 == 0 && failedOnce.add(delivery.id()) ? 500 : 200;
    told.add(new Told(delivery, answer));
    return new CompletableFuture<Integer>()
        .completeOnTimeout(answer, draw / 4, TimeUnit.MILLISECONDS)
        .join();
  }

  private void complain(String what, Answer answer) {
    complaints.add("%s: %d %s".formatted(what, answer.code(), answer.body()));
  }

  /**
   * Repeats each submit with a key until it is answered, and finds the jobs of which no answer
   * told.
   */
  void finish() {
    await(name + " gets all that it has a key for")
        .atMost(PATIENCE)
        .until(() -> {
          List<Order> again = List.copyOf(unanswered);
          unanswered.removeAll(again);
          again.forEach(this::submit);
          return unanswered.isEmpty();
        });
    List<String> unheardOf = client.listed();
    unheardOf.removeAll(jobs.keySet());
    if (unheardOf.size() > lostAnswers.get()) {
      complaints.add(
          "%s lost %d answers to submits without a key, but never heard of these jobs of its own: %s"
              .formatted(name, lostAnswers.get(), unheardOf));
    }
    unheardOf.forEach(id -> jobs.put(id, new SeenJob(id, telling(id))));
  }

  private Telling telling(String id) {
    return switch (client.webhook(id, "mode")) {
      case "sync" -> Telling.SYNC;
      case "terminal" -> Telling.TERMINAL;
      default -> Telling.NOT_AT_ALL;
    };
  }

  /** Reads the jobs that had not ended when they were read last; those that still have not. */
  List<String> notEnded() {
    List<SeenJob> open = jobs.values().stream().filter(job -> !job.hasEnded()).toList();
    open.forEach(this::read);
    return open.stream().filter(job -> !job.hasEnded()).map(job -> job.id).toList();
  }

  /** What the system says that happened to these. */
  List<String> timelines(List<String> ids) {
    return ids.stream().map(id -> client.get("/v2/requests/" + id + "/timeline").body()).toList();
  }

  /** The jobs of whose end the system does not say that this client was told. */
  List<String> notDelivered() {
    return jobs.values().stream()
        .filter(job -> job.telling != Telling.NOT_AT_ALL)
        .map(job -> job.id)
        .filter(id -> !isDelivered(id))
        .toList();
  }

  private boolean isDelivered(String id) {
    if (delivered.contains(id)) {
      return true;
    }
    return client.webhook(id, "state").equals("delivered") && delivered.add(id);
  }

  void readAll() {
    jobs.values().forEach(this::read);
  }

  /** All that was seen of each job, once everything is over. */
  List<JobStory> stories(List<Simulator.Job> upstream) {
    Map<String, List<Simulator.Job>> upstreamByOurId =
        upstream.stream().collect(groupingBy(Simulator.Job::ourId));
    Map<String, List<Told>> toldByJob =
        told.stream().collect(groupingBy(one -> one.delivery().requestId()));
    for (String id : toldByJob.keySet()) {
      if (!jobs.containsKey(id)) {
        complaints.add(name + " was told of a job that it does not have: " + id);
      }
    }
    return jobs.values().stream()
        .map(job ->
            new JobStory(
                job.id,
                job.telling,
                List.copyOf(job.reads),
                toldByJob.getOrDefault(job.id, List.of()),
                upstreamByOurId.getOrDefault(job.id, List.of())))
        .toList();
  }

  /** What was not as promised, other than in the story of one job. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** How many jobs it has that it knows of. */
  int jobs() {
    return jobs.size();
  }

  int submits() {
    return submits.get();
  }

  @Override
  public void close() {
    receiver.close();
  }
}
