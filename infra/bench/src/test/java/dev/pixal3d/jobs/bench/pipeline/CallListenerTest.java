package dev.pixal3d.jobs.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

class CallListenerTest {
  private static final ReceiveMessageResponse NOTHING = ReceiveMessageResponse.builder().build();
  private static final ReceiveMessageResponse A_MESSAGE =
      ReceiveMessageResponse.builder().messages(Message.builder().build()).build();

  private final Call receive =
      new Call(ReceiveMessageRequest.builder().queueUrl("a-queue").build());
  private final Call send = new Call(SendMessageRequest.builder().queueUrl("a-queue").build());

  @BeforeEach
  void listen() {
    CallListener.listen();
  }

  @AfterEach
  void stop() {
    CallListener.stop();
  }

  @Test
  void aSendStandsBeforeTheReceiveThatWaitedForItsMessageAndEndedFirst() {
    receive.begin();
    send.begin();
    receive.end(A_MESSAGE);
    send.end(SendMessageResponse.builder().build());

    assertThat(CallListener.heard()).containsExactly(send.request(), receive.request());
  }

  @Test
  void aReceiveOfNothingIsNotHeard() {
    receive.begin();
    receive.end(NOTHING);

    assertThat(CallListener.heard()).isEmpty();
  }

  private record Call(SdkRequest request, ExecutionAttributes attributes) {
    Call(SdkRequest request) {
      this(request, new ExecutionAttributes());
    }

    void begin() {
      new CallListener()
          .beforeExecution(InterceptorContext.builder().request(request).build(), attributes);
    }

    void end(SdkResponse response) {
      new CallListener()
          .afterExecution(
              InterceptorContext.builder().request(request).response(response).build(), attributes);
    }
  }
}
