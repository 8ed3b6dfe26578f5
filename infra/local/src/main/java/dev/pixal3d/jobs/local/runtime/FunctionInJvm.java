package dev.pixal3d.jobs.local.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.pixal3d.jobs.embedded.FunctionResource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function in this JVM: its handler, called as Lambda calls it. An event comes as JSON, goes
 * through Lambda's own serializer, and the answer comes back as JSON; so a handler that works here
 * has been through the same doors as there.
 *
 * <p>Unlike on AWS one handler object serves all invocations, several at a time.
 */
public final class FunctionInJvm implements FunctionHost {
  private static final Logger log = LoggerFactory.getLogger(FunctionInJvm.class);

  private final FunctionResource function;
  private final RequestHandler<Object, Object> handler;
  private final PojoSerializer<Object> events;
  private final PojoSerializer<Object> answers;
  private final InvocationThreads invocations;

  private FunctionInJvm(FunctionResource function, RequestHandler<Object, Object> handler) {
    this.function = function;
    this.handler = handler;
    Method method = handlingMethod(handler.getClass());
    this.events = serializer(method.getParameterTypes()[0]);
    this.answers = serializer(method.getReturnType());
    this.invocations = new InvocationThreads(function.logicalId());
  }

  /**
   * Makes the function's handler, with its public constructor that takes the environment, as Lambda
   * does with the one that takes nothing.
   *
   * @param environment what {@code System.getenv()} would hold on AWS
   * @throws InvocationFailedException if the class is missing or is no {@link RequestHandler}, or
   *     its constructor throws; the message says which
   */
  public static FunctionInJvm load(FunctionResource function, Map<String, String> environment) {
    String name = function.handlerClass();
    try {
      Class<?> type = Class.forName(name);
      if (!RequestHandler.class.isAssignableFrom(type)) {
        throw InvocationFailedException.unusable(
            function, "it does not implement RequestHandler", null);
      }
      @SuppressWarnings("unchecked") // Events are read as the type that the handler itself names.
      RequestHandler<Object, Object> handler =
          (RequestHandler<Object, Object>)
              type.getConstructor(Map.class).newInstance(Map.copyOf(environment));
      return new FunctionInJvm(function, handler);
    } catch (ClassNotFoundException e) {
      throw InvocationFailedException.unusable(
          function,
          "the class is not on the class path; add the function's module to infra/local/pom.xml",
          e);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw InvocationFailedException.unusable(
          function, cause == null ? e.toString() : String.valueOf(cause.getMessage()), e);
    } catch (ReflectiveOperationException e) {
      throw InvocationFailedException.unusable(
          function, "it needs a public constructor that takes Map<String, String>", e);
    }
  }

  @Override
  public String name() {
    return function.logicalId();
  }

  /** One that runs longer than the template's timeout is interrupted. */
  @Override
  public CompletableFuture<byte[]> invoke(byte[] event) {
    String requestId = UUID.randomUUID().toString();
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    Future<?> running;
    try {
      running = invocations.submit(() -> handle(event, requestId, answer));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(invocations.closed(e));
    }
    return answer
        .orTimeout(function.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(failure -> {
          running.cancel(true);
          return CompletableFuture.failedFuture(explained(failure, requestId));
        });
  }

  private void handle(byte[] event, String requestId, CompletableFuture<byte[]> answer) {
    Context context =
        new InvocationContext(name(), requestId, function.memoryMegabytes(), function.timeout());
    try {
      Object result =
          handler.handleRequest(events.fromJson(new ByteArrayInputStream(event)), context);
      ByteArrayOutputStream json = new ByteArrayOutputStream();
      answers.toJson(result, json);
      answer.complete(json.toByteArray());
    } catch (Throwable failure) { // Lambda reports errors too, not only exceptions.
      answer.completeExceptionally(failure);
    }
  }

  private InvocationFailedException explained(Throwable failure, String requestId) {
    if (failure instanceof TimeoutException) {
      String message =
          "%s timed out after %.2f seconds (request %s)"
              .formatted(name(), function.timeout().toMillis() / 1000.0, requestId);
      log.error(message);
      return new InvocationFailedException(message, null);
    }
    String message = "%s failed (request %s)".formatted(name(), requestId);
    log.error(message, failure);
    return new InvocationFailedException(message, failure);
  }

  @Override
  public void close() {
    invocations.close();
  }

  private static Method handlingMethod(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getName().equals("handleRequest") && !method.isBridge())
        .filter(method -> method.getParameterCount() == 2)
        .filter(method -> method.getParameterTypes()[1] == Context.class)
        .findFirst()
        .orElseThrow(() ->
            new InvocationFailedException(
                type.getName() + " has no handleRequest(event, Context)", null));
  }

  /** Chosen as the managed runtime chooses it: some events have names that Java has not. */
  @SuppressWarnings("unchecked")
  private static PojoSerializer<Object> serializer(Class<?> type) {
    return (PojoSerializer<Object>)
        (LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
            ? LambdaEventSerializers.serializerFor(type, type.getClassLoader())
            : JacksonFactory.getInstance().getSerializer(type));
  }
}
