package dev.pixal3d.jobs.local.runtime;

import dev.pixal3d.jobs.runtime.FunctionErrorException;
import dev.pixal3d.jobs.runtime.FunctionProcesses;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A function in processes of its own, under the runtime client that Lambda has. */
final class FunctionInProcesses implements FunctionHost {
  private static final Logger log = LoggerFactory.getLogger(FunctionInProcesses.class);

  private final String name;
  private final FunctionProcesses processes;
  private final FunctionLog functionLog;
  private final InvocationThreads invocations;

  FunctionInProcesses(String name, FunctionProcesses processes, FunctionLog functionLog) {
    this.name = name;
    this.processes = processes;
    this.functionLog = functionLog;
    this.invocations = new InvocationThreads(name);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletableFuture<byte[]> invoke(byte[] event) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    try {
      invocations.execute(() -> handle(event, answer));
      return answer;
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(invocations.closed(e));
    }
  }

  private void handle(byte[] event, CompletableFuture<byte[]> answer) {
    try {
      answer.complete(processes.invoke(event));
    } catch (FunctionErrorException e) {
      String message =
          "%s failed: %s (its log: %s)".formatted(name, e.getMessage(), functionLog.file());
      log.error(message);
      answer.completeExceptionally(new InvocationFailedException(message, e));
    } catch (RuntimeException e) {
      log.error("{} could not be invoked", name, e);
      answer.completeExceptionally(new InvocationFailedException(String.valueOf(e), e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.completeExceptionally(invocations.closed(e));
    }
  }

  @Override
  public void close() {
    invocations.close();
    processes.close();
    functionLog.close();
  }
}
