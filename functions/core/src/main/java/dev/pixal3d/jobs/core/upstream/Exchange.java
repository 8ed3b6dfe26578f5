package dev.pixal3d.jobs.core.upstream;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange on a client, and so on a connection, of its own: a Lambda sandbox may be frozen
 * between two invocations for so long that every pooled connection is dead without a sign.
 */
final class Exchange {

  private Exchange() {}

  /**
   * Sends the request and waits for the whole answer. An interrupt ends the wait and stays set.
   *
   * @param bodyLimit the most bytes that an answer's body may have
   * @param deadline for all of it, from the look-up of the name to the body's last byte (the
   *     client's own request timeout does not cover the body)
   */
  static Ending make(
      HttpClient.Builder settings, HttpRequest request, long bodyLimit, Duration deadline) {
    HttpClient client = settings.build();
    try {
      return await(client, request, bodyLimit, deadline);
    } finally {
      // Unlike close() this waits for nothing.
      client.shutdownNow();
    }
  }

  private static Ending await(
      HttpClient client, HttpRequest request, long bodyLimit, Duration deadline) {
    AtomicReference<@Nullable ResponseInfo> head = new AtomicReference<>();
    BodyHandler<byte[]> bounded = BodyHandlers.limiting(BodyHandlers.ofByteArray(), bodyLimit);
    Future<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            info -> {
              head.set(info);
              return bounded.apply(info);
            });
    String fault;
    try {
      HttpResponse<byte[]> whole = answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      return new Ending.Answered(whole.statusCode(), whole.headers(), JsonBody.read(whole.body()));
    } catch (TimeoutException e) {
      fault = "not complete within " + deadline.toMillis() + " ms";
    } catch (ExecutionException e) {
      fault = describe(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fault = "the wait was interrupted";
    }
    ResponseInfo info = head.get();
    return info == null
        ? new Ending.Silent(fault)
        : new Ending.Answered(
            info.statusCode(), info.headers(), new JsonBody.Unreadable("cut short: " + fault));
  }

  /** The exception, and as much of its causes as it takes to find one that says something. */
  private static String describe(@Nullable Throwable failure) {
    StringBuilder words = new StringBuilder(String.valueOf(failure));
    Throwable telling = failure;
    while (telling != null && telling.getMessage() == null && telling.getCause() != null) {
      telling = telling.getCause();
      words.append(", caused by ").append(telling);
    }
    return words.toString();
  }
}
