package dev.pixal3d.jobs.bench.pipeline;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * Hears of every call that a client of the SDK makes in this JVM: the SDK finds it by a file in
 * {@code software/amazon/awssdk/global/handlers}.
 */
public final class CallListener implements ExecutionInterceptor {
  private static final List<SdkRequest> HEARD = new CopyOnWriteArrayList<>();
  private static volatile boolean listening;

  /** Listens from now on, to calls that succeed; what was heard before is forgotten. */
  static void listen() {
    HEARD.clear();
    listening = true;
  }

  /** What was heard so far, in the order in which the calls ended. */
  static List<SdkRequest> heard() {
    return List.copyOf(HEARD);
  }

  /** Listens no more. */
  static void stop() {
    listening = false;
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    boolean empty =
        context.response() instanceof ReceiveMessageResponse received
            && received.messages().isEmpty();
    if (listening && !empty) {
      HEARD.add(context.request());
    }
  }
}
