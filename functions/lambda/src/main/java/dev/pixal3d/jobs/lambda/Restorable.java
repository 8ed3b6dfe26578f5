package dev.pixal3d.jobs.lambda;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.AwsClients;
import dev.pixal3d.jobs.core.Priming;
import dev.pixal3d.jobs.core.config.Setting;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a function works with. It is made when the function is; where that happens ahead of the
 * first event, it is primed too. Under SnapStart it is dropped before the snapshot and made anew
 * after each restore: what the snapshot keeps are classes, what the JVM learned, and AWS clients
 * without connections ({@link AwsClients} tells what is in them). Ids, secrets, keys of clients and
 * all else of ours that is random or timed come into being after the restore.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">
 *     Lambda SnapStart runtime hooks for Java</a>
 */
public final class Restorable<T extends Restorable.Primable> {
  private static final Logger log = LoggerFactory.getLogger(Restorable.class);

  /** {@code on-demand}, {@code snap-start} and the like; only Lambda sets it. */
  private static final String INITIALIZATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";

  private static final String SNAP_START = "snap-start";

  /** How functions come up ahead of their first event. On demand, that event is there already. */
  private static final Set<String> AHEAD = Set.of(SNAP_START, "provisioned-concurrency");

  /** With {@code -Ddev.pixal3d.jobs.priming=false} one can measure what priming is worth. */
  private static final boolean PRIMING =
      Boolean.parseBoolean(System.getProperty("dev.pixal3d.jobs.priming", "true"));

  /** What takes longer than this will not come to an end. For all of it Lambda gives 130 s. */
  private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(20);

  /** How long to wait for what was broken off. */
  private static final Duration LONGEST_END = Duration.ofSeconds(2);

  private final Map<String, String> environment;
  private final AwsClients clients;
  private final Function<Application, T> maker;

  /** Kept, since the context of the hooks refers to it weakly only. */
  private final Resource hooks = new Hooks();

  private volatile @Nullable T made;

  private Restorable(
      Map<String, String> environment, AwsClients clients, Function<Application, T> maker) {
    this.environment = environment;
    this.clients = clients;
    this.maker = maker;
  }

  /** What can be made ready for its first request. */
  public interface Primable {
    /** The setting that names a queue to which it may send. */
    Setting queue();

    /** Plays first requests through; this was made of the rehearsal's application. */
    void rehearse(Rehearsal rehearsal);
  }

  /**
   * Makes it.
   *
   * @param environment the settings
   * @param maker makes it from the parts of the application
   */
  public static <T extends Primable> Restorable<T> of(
      Map<String, String> environment, Function<Application, T> maker) {
    String type = environment.getOrDefault(INITIALIZATION_TYPE, "");
    boolean snapshot = type.equals(SNAP_START);
    AwsClients clients =
        snapshot ? AwsClients.closingConnections() : AwsClients.keepingConnections();
    var restorable = new Restorable<>(environment, clients, maker);
    Application application = restorable.make();
    if (AHEAD.contains(type) && PRIMING) {
      Setting queue = restorable.get().queue();
      attempt(LONGEST_ATTEMPT, () -> Telemetry.rehearse(restorable::rehearse));
      attempt(LONGEST_ATTEMPT, () -> Priming.reading(application));
      attempt(LONGEST_ATTEMPT, () -> Priming.queue(application, queue));
    }
    if (snapshot) {
      Core.getGlobalContext().register(restorable.hooks);
    }
    return restorable;
  }

  /** What stands already, where nobody takes snapshots. */
  public static <T extends Primable> Restorable<T> of(T made) {
    var restorable = new Restorable<T>(Map.of(), AwsClients.keepingConnections(), _ -> made);
    restorable.made = made;
    return restorable;
  }

  /** It. */
  public T get() {
    T there = made;
    if (there == null) {
      throw new IllegalStateException("A snapshot is being taken; nothing can be served now");
    }
    return there;
  }

  private Application make() {
    var application = new Application(environment, Telemetry.metrics(), clients);
    made = maker.apply(application);
    return application;
  }

  private void rehearse() {
    try (StandIn others = StandIn.open(Rehearsal.REPORT)) {
      var rehearsal = new Rehearsal(environment, clients, others.url());
      maker.apply(rehearsal.application()).rehearse(rehearsal);
    }
  }

  /** A function that is not warm works all the same. What takes too long is broken off. */
  static void attempt(Duration longest, Runnable work) {
    var attempt = new FutureTask<>(work, true);
    Thread thread = Thread.ofVirtual().start(attempt);
    try {
      attempt.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      log.warn("Not primed: {}", e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      e.setStackTrace(thread.getStackTrace());
      log.warn("Not primed: {}", e, e);
      breakOff(thread);
    } catch (InterruptedException e) {
      breakOff(thread);
      Thread.currentThread().interrupt();
    }
  }

  private static void breakOff(Thread thread) {
    thread.interrupt(); // A virtual thread's connection is closed by that.
    try {
      if (!thread.join(LONGEST_END)) {
        log.warn("What was broken off goes on nevertheless");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Hooks implements Resource {
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
      made = null;
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
      clients.keepConnections();
      make();
    }
  }
}
