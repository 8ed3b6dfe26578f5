package dev.pixal3d.simulator;

import static dev.pixal3d.simulator.SimulatorSettings.GLB;
import static dev.pixal3d.simulator.SimulatorSettings.POLL_SECONDS;
import static dev.pixal3d.simulator.SimulatorSettings.PROCESSING_SECONDS;
import static dev.pixal3d.simulator.SimulatorSettings.QUEUED_SECONDS;
import static dev.pixal3d.simulator.SimulatorSettings.RESULT;

import dev.pixal3d.simulator.Job.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs from QUEUED to their end, each on a thread of its own. */
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private final JobStore store;
  private final LiveSettings settings;
  private final ModelMaker modelMaker;
  private final TinyGlb tinyGlb;
  private final Callbacks callbacks;
  private final InstantSource time;
  private final ExecutorService threads;

  JobRunner(
      JobStore store,
      LiveSettings settings,
      ModelMaker modelMaker,
      TinyGlb tinyGlb,
      Callbacks callbacks,
      InstantSource time,
      ExecutorService threads) {
    this.store = store;
    this.settings = settings;
    this.modelMaker = modelMaker;
    this.tinyGlb = tinyGlb;
    this.callbacks = callbacks;
    this.time = time;
    this.threads = threads;
  }

  /** Goes on with a job from wherever its file says that it is. */
  void start(Job job) {
    threads.execute(() -> new Run(job).untilSettled());
  }

  private final class Run {
    private Job job;
    private Future<?> report = CompletableFuture.completedFuture(null);

    Run(Job job) {
      this.job = job;
    }

    void untilSettled() {
      try {
        if (!job.status().isTerminal()) {
          queue();
          process();
        }
        if (job.callbackOwed()) {
          await(report);
          callbacks.terminal(job);
        }
      } catch (InterruptedException e) {
        // The simulator closes; the job's file says where the next one goes on.
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        if (!threads.isShutdown()) {
          LOG.error("Pixal3D simulator: {} stops until a restart", job.requestId(), e);
        }
      }
    }

    private void queue() throws InterruptedException {
      if (job.status() == JobStatus.QUEUED) {
        report();
        pauseUntil(job.createdAt().plus(settings.duration(QUEUED_SECONDS)));
        job = store.update(job.requestId(), queued -> queued.processing(time.instant()));
      }
    }

    private void process() throws InterruptedException {
      Instant earliestEnd = job.updatedAt().plus(settings.duration(PROCESSING_SECONDS));
      report();
      Future<Ending> making = threads.submit(this::make);
      pauseUntil(earliestEnd);
      Ending ending = result(making);
      job = store.update(job.requestId(), processing -> processing.ended(ending, time.instant()));
      LOG.info("Pixal3D simulator: {} {}", job.requestId(), job.status());
    }

    private Ending make() throws InterruptedException {
      return switch (settings.get(RESULT)) {
        case FAILED -> Ending.failed("The simulator is set to let jobs end FAILED");
        case ERROR -> Ending.error("The simulator is set to let jobs end in ERROR");
        case OK ->
            switch (settings.get(GLB)) {
              case REAL -> modelMaker.make(job);
              case OFF -> Ending.completed(tinyGlb.name());
            };
      };
    }

    private Ending result(Future<Ending> making) throws InterruptedException {
      while (true) {
        try {
          Ending ending =
              making.get(settings.duration(POLL_SECONDS).toMillis(), TimeUnit.MILLISECONDS);
          stopIfClosing();
          return ending;
        } catch (TimeoutException _) {
          report();
        } catch (ExecutionException e) {
          stopIfClosing();
          LOG.error("Pixal3D simulator: {} could not be made", job.requestId(), e.getCause());
          return Ending.error("The simulator could not make the GLB: " + e.getCause());
        }
      }
    }

    /** What was made, or failed, while the simulator closes may be spoilt by that. */
    private void stopIfClosing() throws InterruptedException {
      if (threads.isShutdown()) {
        throw new InterruptedException();
      }
    }

    /** Reports at every poll cycle. */
    private void pauseUntil(Instant end) throws InterruptedException {
      Duration cycle = settings.duration(POLL_SECONDS);
      while (true) {
        Duration left = Duration.between(time.instant(), end);
        if (!left.isPositive()) {
          return;
        }
        if (left.compareTo(cycle) <= 0) {
          Thread.sleep(left);
        } else {
          Thread.sleep(cycle);
          report();
        }
      }
    }

    /** Does not wait for a slow webhook; a report that is under way makes the next one needless. */
    private void report() {
      if (job.reportsProgress() && report.isDone()) {
        Job reported = job;
        report =
            threads.submit(() -> {
              callbacks.progress(reported);
              return reported;
            });
      }
    }

    private void await(Future<?> running) throws InterruptedException {
      try {
        running.get();
      } catch (ExecutionException e) {
        LOG.warn("Pixal3D simulator: {} progress report failed", job.requestId(), e.getCause());
      }
    }
  }
}
