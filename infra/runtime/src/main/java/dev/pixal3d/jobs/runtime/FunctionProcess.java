package dev.pixal3d.jobs.runtime;

import dev.pixal3d.jobs.runtime.FunctionErrorException.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of a function, as Lambda has many: it handles one event at a time, and between two it
 * is frozen (SIGSTOP), as it is between the making of an image and its restore. It ends when it is
 * closed, when an event takes longer than the function's timeout, or by itself; and with this JVM,
 * however that ends.
 */
public final class FunctionProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FunctionProcess.class);

  /** Lambda grants 10 s, or under SnapStart 130 s. This is for machines that do more besides. */
  private static final Duration MOST_INIT_TIME = Duration.ofSeconds(60);

  /**
   * All processes are started by one thread that never ends, for when the thread ends that started
   * it, a process with a parent-death signal is told that its parent died (prctl(2)).
   */
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("function-starter").factory());

  /**
   * Apart from the terminal's signals, which are for this JVM to handle; and killed with this JVM
   * even by a {@code kill -9}, which a frozen process would not notice by itself (both from
   * util-linux).
   */
  private static final List<String> BOUND_TO_THIS_JVM =
      whereItWorks(List.of("setsid", "setpriv", "--pdeathsig", "KILL"));

  private static final String EXIT = "Runtime.ExitError";

  private final FunctionLaunch launch;
  private final RuntimeApi api;
  private final Process process;
  private final CompletableFuture<Void> initialized = new CompletableFuture<>();
  private final CompletableFuture<Void> serving = new CompletableFuture<>();
  private final CountDownLatch restore = new CountDownLatch(1);
  private final BlockingQueue<RuntimeApi.Invocation> handed = new LinkedBlockingQueue<>();
  private volatile @Nullable Running running;

  private FunctionProcess(FunctionLaunch launch, RuntimeApi api, Process process) {
    this.launch = launch;
    this.api = api;
    this.process = process;
  }

  private record Running(String requestId, CompletableFuture<byte[]> answer) {}

  /**
   * Starts a process. Whether it comes up, {@link #awaitInit} tells.
   *
   * @throws UncheckedIOException if no process could be started
   */
  public static FunctionProcess start(FunctionLaunch launch) {
    RuntimeApi api = RuntimeApi.bind();
    try {
      FunctionProcess started =
          new FunctionProcess(
              launch, api, STARTER.submit(() -> startProcess(launch, api.address())).get());
      Thread.ofPlatform()
          .daemon()
          .name("log-" + launch.function().logicalId())
          .start(started::readLog);
      var _ = started.process.onExit().thenAccept(started::ended);
      api.serve(started.new Conversation());
      return started;
    } catch (ExecutionException e) {
      api.close();
      throw new UncheckedIOException(
          "No process could be started for " + launch.function().logicalId(),
          e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause()));
    } catch (InterruptedException e) {
      api.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while starting a process", e);
    }
  }

  private static List<String> whereItWorks(List<String> prefix) {
    List<String> trial = new ArrayList<>(prefix);
    trial.add("true");
    try {
      if (new ProcessBuilder(trial).start().waitFor() == 0) {
        return prefix;
      }
    } catch (IOException e) {
      log.debug("{} does not work", prefix, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.warn("{} does not work here: a kill -9 leaves frozen processes behind", prefix);
    return List.of();
  }

  private static Process startProcess(FunctionLaunch launch, String runtimeApi) throws IOException {
    List<String> command = new ArrayList<>(BOUND_TO_THIS_JVM);
    command.addAll(launch.command());
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(launch.artifact().taskRoot().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(launch.variables(runtimeApi));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private void readLog() {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        launch.log().accept(line);
      }
    } catch (IOException e) {
      log.debug("What {} writes is not read any more", this, e); // It was ended.
    }
  }

  private void ended(Process process) {
    int status = process.exitValue();
    String words = "Runtime exited with error: exit status " + status;
    FunctionErrorException early = new FunctionErrorException(Phase.INIT, EXIT, words);
    initialized.completeExceptionally(early);
    serving.completeExceptionally(early);
    Running interrupted = running;
    if (interrupted != null) {
      interrupted
          .answer()
          .completeExceptionally(
              new FunctionErrorException(
                  Phase.INVOKE,
                  EXIT,
                  "RequestId: %s Error: %s".formatted(interrupted.requestId(), words)));
    }
    api.close();
  }

  /** What the process asks and tells. */
  private final class Conversation implements RuntimeApi.Caller {
    @Override
    public RuntimeApi.Invocation next() throws InterruptedException {
      initialized.complete(null);
      serving.complete(null);
      Signals.stop(process);
      try {
        return handed.take();
      } finally {
        Signals.resume(process);
      }
    }

    @Override
    public void restored() throws InterruptedException {
      initialized.complete(null);
      Signals.stop(process);
      try {
        restore.await();
      } finally {
        Signals.resume(process);
      }
    }

    @Override
    public void answered(String requestId, byte[] answer) {
      running(requestId).complete(answer);
    }

    @Override
    public void failed(String requestId, FunctionErrorException error) {
      running(requestId).completeExceptionally(error);
    }

    @Override
    public void failed(FunctionErrorException error) {
      initialized.completeExceptionally(error);
      serving.completeExceptionally(error);
    }

    private CompletableFuture<byte[]> running(String requestId) {
      Running current = running;
      if (current == null || !current.requestId().equals(requestId)) {
        throw new IllegalStateException("There is no invocation " + requestId);
      }
      return current.answer();
    }
  }

  /**
   * Waits until it is up: it asks for an event, or under SnapStart to be made an image.
   *
   * @throws FunctionErrorException if it does not come up; its type and words are those of the
   *     exception that the handler's constructor threw
   */
  public void awaitInit() throws InterruptedException {
    await(initialized, Phase.INIT);
  }

  /**
   * Restores it, under SnapStart: its hooks run, then it asks for an event.
   *
   * @throws FunctionErrorException if it did not come up, or a hook threw
   */
  public void restore() throws InterruptedException {
    awaitInit();
    restore.countDown();
    await(serving, Phase.RESTORE);
  }

  private void await(CompletableFuture<Void> state, Phase phase) throws InterruptedException {
    try {
      state.get(MOST_INIT_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (TimeoutException e) {
      close();
      throw timedOut(phase, "it took longer than " + MOST_INIT_TIME, e);
    }
  }

  /**
   * Hands it an event and waits for the answer; one event at a time.
   *
   * @param event the event's JSON in UTF-8
   * @return the answer's JSON
   * @throws FunctionErrorException if the handler threw, in which case it goes on to serve; or if
   *     it took longer than the function's timeout, in which case it is ended; or if it ended
   *     itself
   */
  public byte[] invoke(byte[] event) throws InterruptedException {
    await(serving, Phase.INIT);
    Duration timeout = launch.function().timeout();
    Running current = new Running(UUID.randomUUID().toString(), new CompletableFuture<>());
    running = current;
    handed.add(
        new RuntimeApi.Invocation(
            current.requestId(), event, Instant.now().plus(timeout), launch.functionArn()));
    if (!isAlive()) {
      ended(process);
    }
    try {
      return current.answer().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (TimeoutException e) {
      close();
      throw timedOut(
          Phase.INVOKE,
          "RequestId: %s Error: Task timed out after %.2f seconds"
              .formatted(current.requestId(), timeout.toMillis() / 1000.0),
          e);
    }
  }

  private static FunctionErrorException timedOut(Phase phase, String words, Exception cause) {
    FunctionErrorException error = new FunctionErrorException(phase, "Sandbox.Timedout", words);
    error.initCause(cause);
    return error;
  }

  /** The failure, with the stack of the thread that waited for it. */
  private static FunctionErrorException failure(ExecutionException e) {
    if (e.getCause() instanceof FunctionErrorException error) {
      FunctionErrorException here =
          new FunctionErrorException(error.phase(), error.type(), error.words());
      here.initCause(e);
      return here;
    }
    throw new IllegalStateException(e);
  }

  /** Its id in the operating system. */
  public long pid() {
    return process.pid();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it, frozen or not, as Lambda ends processes: without a word. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    api.close();
  }

  @Override
  public String toString() {
    return "%s[%d]".formatted(launch.function().logicalId(), process.pid());
  }
}
