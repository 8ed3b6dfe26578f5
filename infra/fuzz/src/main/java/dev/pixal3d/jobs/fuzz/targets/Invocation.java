package dev.pixal3d.jobs.fuzz.targets;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import org.jspecify.annotations.Nullable;

/** An invocation with all the time in the world. */
enum Invocation implements Context {
  CONTEXT;

  @Override
  public String getAwsRequestId() {
    return "fuzz";
  }

  @Override
  public String getLogGroupName() {
    return "fuzz";
  }

  @Override
  public String getLogStreamName() {
    return "fuzz";
  }

  @Override
  public String getFunctionName() {
    return "fuzz";
  }

  @Override
  public String getFunctionVersion() {
    return "1";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:fuzz";
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return 300_000;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 512;
  }

  @Override
  public LambdaLogger getLogger() {
    throw new UnsupportedOperationException("The handlers log by SLF4J");
  }
}
