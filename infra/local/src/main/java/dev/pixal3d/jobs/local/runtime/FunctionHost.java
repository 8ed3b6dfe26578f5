package dev.pixal3d.jobs.local.runtime;

import java.util.concurrent.CompletableFuture;

/** What runs one function of the template. */
public interface FunctionHost extends AutoCloseable {
  /** The name that the template gives the function. */
  String name();

  /**
   * Invokes the function once.
   *
   * @param event the event's JSON in UTF-8
   * @return the answer's JSON, or an {@link InvocationFailedException} if the handler threw or ran
   *     longer than the template's timeout. Failures are logged here.
   */
  CompletableFuture<byte[]> invoke(byte[] event);

  /** Takes no more invocations; those that run get a second to end, then they are ended. */
  @Override
  void close();
}
