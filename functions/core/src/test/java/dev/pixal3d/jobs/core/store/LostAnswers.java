package dev.pixal3d.jobs.core.store;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Lets requests of one kind through to DynamoDB and then loses their answers: the caller sees HTTP
 * 500, and the SDK repeats the request.
 */
final class LostAnswers implements ExecutionInterceptor {
  private final String requestKind;
  private final AtomicInteger toLose;

  /**
   * @param requestKind the request's class, such as {@code PutItemRequest}
   * @param howMany answers are lost, from the first one
   */
  LostAnswers(String requestKind, int howMany) {
    this.requestKind = requestKind;
    this.toLose = new AtomicInteger(howMany);
  }

  @Override
  public SdkHttpResponse modifyHttpResponse(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    return loses(context)
        ? context.httpResponse().toBuilder().statusCode(500).build()
        : context.httpResponse();
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
    boolean lost =
        context.request().getClass().getSimpleName().equals(requestKind)
            && toLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    return lost
        ? Optional.of(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)))
        : context.responseBody();
  }

  private boolean loses(Context.ModifyHttpResponse context) {
    return context.request().getClass().getSimpleName().equals(requestKind) && toLose.get() > 0;
  }

  int left() {
    return toLose.get();
  }
}
