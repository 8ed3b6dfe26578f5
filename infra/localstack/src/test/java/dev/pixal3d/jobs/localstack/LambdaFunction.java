package dev.pixal3d.jobs.localstack;

import dev.pixal3d.jobs.local.runtime.FunctionHost;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** A function that is invoked by Lambda's API, at its alias. */
final class LambdaFunction implements FunctionHost {
  private static final Logger log = LoggerFactory.getLogger(LambdaFunction.class);

  private final String name;
  private final LambdaClient lambda;
  private final ExecutorService invocations = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param name the function's name, a colon and the alias
   */
  LambdaFunction(String name, LambdaClient lambda) {
    this.name = name;
    this.lambda = lambda;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletableFuture<byte[]> invoke(byte[] event) {
    return CompletableFuture.supplyAsync(() -> answer(event), invocations);
  }

  private byte[] answer(byte[] event) {
    try {
      InvokeResponse response =
          lambda.invoke(invocation ->
              invocation.functionName(name).payload(SdkBytes.fromByteArrayUnsafe(event)));
      if (response.functionError() != null) {
        throw new IllegalStateException(
            "%s failed: %s".formatted(name, response.payload().asUtf8String()));
      }
      return response.payload().asByteArray();
    } catch (SdkException | IllegalStateException e) {
      log.error("{} could not be invoked", name, e);
      throw e;
    }
  }

  @Override
  public void close() {
    invocations.close();
  }
}
