package dev.pixal3d.jobs.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class SendOnceBodyTest {

  /** What a subscriber gets out of the body. */
  private static CompletableFuture<String> sent(SendOnceBody body) {
    BodySubscriber<String> receiver = BodySubscribers.ofString(StandardCharsets.UTF_8);
    body.subscribe(
        new Flow.Subscriber<>() {
          @Override
          public void onSubscribe(Flow.Subscription subscription) {
            receiver.onSubscribe(subscription);
          }

          @Override
          public void onNext(ByteBuffer bytes) {
            receiver.onNext(List.of(bytes));
          }

          @Override
          public void onError(Throwable failure) {
            receiver.onError(failure);
          }

          @Override
          public void onComplete() {
            receiver.onComplete();
          }
        });
    return receiver.getBody().toCompletableFuture();
  }

  @Test
  void is_sent_as_it_is() {
    assertThat(sent(new SendOnceBody("{\"a\":\"ö\"}"))).isCompletedWithValue("{\"a\":\"ö\"}");
  }

  @Test
  void is_as_long_as_its_utf_8() {
    assertThat(new SendOnceBody("ö").contentLength()).isEqualTo(2);
  }

  @Test
  void is_not_sent_a_second_time() {
    SendOnceBody body = new SendOnceBody("{}");
    assertThat(sent(body)).isCompleted();

    assertThat(sent(body)).isCompletedExceptionally();
  }

  @Test
  void is_not_sent_once_it_is_sealed() {
    SendOnceBody body = new SendOnceBody("{}");
    body.seal();

    assertThat(sent(body)).isCompletedExceptionally();
  }

  @Test
  void was_not_sent_if_nobody_asked_for_it() {
    assertThat(new SendOnceBody("{}").seal()).isTrue();
  }

  @Test
  void was_sent_if_somebody_did() {
    SendOnceBody body = new SendOnceBody("{}");
    assertThat(sent(body)).isCompleted();

    assertThat(body.seal()).isFalse();
  }

  @Test
  void cannot_be_empty() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SendOnceBody(""));
  }
}
