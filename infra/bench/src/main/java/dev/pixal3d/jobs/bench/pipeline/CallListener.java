package dev.pixal3d.jobs.bench.pipeline;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;

/**
 * Hears of every call that a client of the SDK makes in this JVM: the SDK finds it by a file in
 * {@code software/amazon/awssdk/global/handlers}.
 */
public final class CallListener implements ExecutionInterceptor {
  private static final ExecutionAttribute<Long> BEGAN = new ExecutionAttribute<>("Began");
  private static final AtomicLong MOMENT = new AtomicLong();
  private static final List<Heard> HEARD = new CopyOnWriteArrayList<>();
  private static volatile boolean listening;

  private record Heard(long moment, SdkRequest request) {}

  /** Listens from now on, to calls that succeed; what was heard before is forgotten. */
  static void listen() {
    HEARD.clear();
    listening = true;
  }

  /**
   * What was heard so far, in the order in which the calls began; but a receive stands where it
   * ended, for it begins before there is a message, and may well end before the send has.
   */
  static List<SdkRequest> heard() {
    return HEARD.stream()
        .sorted(Comparator.comparingLong(Heard::moment))
        .map(Heard::request)
        .toList();
  }

  /** Listens no more. */
  static void stop() {
    listening = false;
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    attributes.putAttribute(BEGAN, MOMENT.incrementAndGet());
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    if (!listening) {
      return;
    }
    if (!(context.response() instanceof ReceiveMessageResponse received)) {
      HEARD.add(new Heard(attributes.getAttribute(BEGAN), context.request()));
    } else if (!received.messages().isEmpty()) {
      HEARD.add(new Heard(MOMENT.incrementAndGet(), context.request()));
    }
  }
}
