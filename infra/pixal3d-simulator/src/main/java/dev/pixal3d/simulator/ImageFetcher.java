package dev.pixal3d.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches images from strangers' servers. */
final class ImageFetcher implements AutoCloseable {
  private static final int MAX_BYTES = 20 * 1024 * 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder()
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /**
   * The bytes at the URL.
   *
   * @throws FetchException with a clause that tells what went wrong
   */
  byte[] fetch(URI url) throws FetchException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(url).header("Accept", "image/*").build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
    try {
      // The client's own timeout ends with the headers; a body may drip for ever.
      HttpResponse<byte[]> response = answer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      if (response.statusCode() != 200) {
        throw new FetchException("its server answered " + response.statusCode());
      }
      return response.body();
    } catch (TimeoutException e) {
      throw new FetchException("it did not arrive within %d s".formatted(TIMEOUT.toSeconds()), e);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new FetchException(reason(cause), cause);
    } finally {
      answer.cancel(true);
    }
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return switch (cause) {
      case java.net.ConnectException _ -> "its server cannot be reached";
      case java.net.http.HttpTimeoutException _ -> "its server cannot be reached in time";
      case IOException _ when message != null && message.contains("capacity") ->
          "it is larger than %d MiB".formatted(MAX_BYTES / 1024 / 1024);
      case Throwable _ -> message == null ? cause.getClass().getSimpleName() : message;
    };
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** The image did not come. The message is a clause: "it ...". */
  static final class FetchException extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1;

    FetchException(String reason) {
      super(reason);
    }

    FetchException(String reason, Throwable cause) {
      super(reason, cause);
    }
  }
}
