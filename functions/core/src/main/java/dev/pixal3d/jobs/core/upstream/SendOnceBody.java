package dev.pixal3d.jobs.core.upstream;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The body of a request that costs money. It leaves at most once, whoever asks for it again, and it
 * knows whether it did.
 *
 * <p>{@link java.net.http.HttpClient} subscribes to a body after it has connected and handed over
 * the headers. A server that got the headers but not one byte of the {@code Content-Length} that
 * they announce has an incomplete message (RFC 9112, 8) and no job. So "not subscribed" means that
 * nothing can have been accepted, and {@link #seal} makes sure that it stays so. Over TLS the other
 * side has to be asked for too: {@link HandshakeWitness}.
 */
final class SendOnceBody implements HttpRequest.BodyPublisher {
  private enum State {
    UNSENT,
    SENT,
    SEALED
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.UNSENT);
  private final HttpRequest.BodyPublisher bytes;

  /**
   * @param text what is sent, in UTF-8
   * @throws IllegalArgumentException if it is empty: the client does not ask for an empty body, and
   *     whether it was sent could not be told
   */
  SendOnceBody(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("The body of a submit is empty; it must be a JSON object");
    }
    bytes = HttpRequest.BodyPublishers.ofString(text, StandardCharsets.UTF_8);
  }

  /**
   * Ends the matter: from here on the body will not leave any more.
   *
   * @return whether it never left before either
   */
  boolean seal() {
    return state.compareAndSet(State.UNSENT, State.SEALED);
  }

  @Override
  public long contentLength() {
    return bytes.contentLength();
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
    if (state.compareAndSet(State.UNSENT, State.SENT)) {
      bytes.subscribe(subscriber);
    } else {
      // A subscriber must have a subscription before it may be told of an error (Flow's contract).
      subscriber.onSubscribe(new NothingToCome());
      subscriber.onError(new IOException("A submit is sent at most once"));
    }
  }

  private static final class NothingToCome implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }
}
