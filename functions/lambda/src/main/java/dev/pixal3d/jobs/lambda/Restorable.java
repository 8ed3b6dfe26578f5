package dev.pixal3d.jobs.lambda;

import dev.pixal3d.jobs.core.Application;
import dev.pixal3d.jobs.core.AwsClients;
import java.util.Map;
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
 * What a function works with. It is made when the function is, and primed. Under SnapStart it is
 * dropped before the snapshot and made anew after each restore: what the snapshot keeps are classes
 * and what the JVM learned, and nothing random, timed or connected is shared by the sandboxes that
 * come of it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">
 *     Lambda SnapStart runtime hooks for Java</a>
 */
public final class Restorable<T extends Restorable.Primable> {
  private static final Logger log = LoggerFactory.getLogger(Restorable.class);

  /** {@code on-demand}, {@code snap-start} and the like; only Lambda sets it. */
  private static final String INITIALIZATION_TYPE = "AWS_LAMBDA_INITIALIZATION_TYPE";

  /** Lambda gives the hooks 10 s after a restore. */
  private static final int LONGEST_PRIMING_SECONDS = 5;

  private final Map<String, String> environment;
  private final Function<Application, T> maker;

  /** Kept, since the context of the hooks refers to it weakly only. */
  private final Resource hooks = new Hooks();

  private volatile @Nullable T made;

  private Restorable(Map<String, String> environment, Function<Application, T> maker) {
    this.environment = environment;
    this.maker = maker;
  }

  /** What can be made ready for its first request. */
  public interface Primable {
    /** Takes the ways of a first request, without leaving a trace. */
    void prime();
  }

  /**
   * Makes it.
   *
   * @param environment the settings
   * @param maker makes it from the parts of the application
   */
  public static <T extends Primable> Restorable<T> of(
      Map<String, String> environment, Function<Application, T> maker) {
    var restorable = new Restorable<>(environment, maker);
    String type = environment.getOrDefault(INITIALIZATION_TYPE, "");
    boolean snapshot = type.equals("snap-start");
    T made =
        restorable.make(snapshot ? AwsClients.CLOSING_CONNECTIONS : AwsClients.KEEPING_CONNECTIONS);
    if (!type.isEmpty()) {
      prime(made);
      Telemetry.prime();
    }
    if (snapshot) {
      Core.getGlobalContext().register(restorable.hooks);
    }
    return restorable;
  }

  /** What stands already, where nobody takes snapshots. */
  public static <T extends Primable> Restorable<T> of(T made) {
    var restorable = new Restorable<T>(Map.of(), _ -> made);
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

  private T make(AwsClients clients) {
    T anew = maker.apply(new Application(environment, Telemetry.metrics(), clients));
    made = anew;
    return anew;
  }

  /** A function that is not warm works all the same. What takes too long is broken off. */
  private static void prime(Primable made) {
    var priming = new FutureTask<>(made::prime, true);
    Thread thread = Thread.ofVirtual().start(priming);
    try {
      priming.get(LONGEST_PRIMING_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.warn("Not primed: {}", e.getCause() == null ? e : e.getCause().toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      thread.interrupt(); // A virtual thread's connection is closed by that.
    }
  }

  private final class Hooks implements Resource {
    @Override
    public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
      made = null;
    }

    @Override
    public void afterRestore(org.crac.Context<? extends Resource> context) {
      prime(make(AwsClients.KEEPING_CONNECTIONS));
    }
  }
}
