package dev.pixal3d.jobs.local.runtime;

import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.runtime.Artifact;
import dev.pixal3d.jobs.runtime.CredentialsEndpoint;
import dev.pixal3d.jobs.runtime.CredentialsEndpoint.Credentials;
import dev.pixal3d.jobs.runtime.FunctionErrorException;
import dev.pixal3d.jobs.runtime.FunctionLaunch;
import dev.pixal3d.jobs.runtime.FunctionProcesses;
import dev.pixal3d.jobs.runtime.InitializationType;
import dev.pixal3d.jobs.runtime.RuntimeClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Runs functions as they are deployed: their zips, in processes of the runtime client that Lambda
 * has, brought up as under SnapStart, and frozen between events.
 */
public final class LambdaRuntime implements AutoCloseable {
  /** A laptop is no region: each process takes some 100 MB. */
  private static final int MOST_PROCESSES_OF_A_FUNCTION = 4;

  private static final Duration CREDENTIALS_LAST = Duration.ofHours(6);

  private final EmbeddedAws aws;
  private final Path artifacts;
  private final Path logs;
  private final RuntimeClient client;
  private final CredentialsEndpoint credentials;

  private LambdaRuntime(
      EmbeddedAws aws,
      Path artifacts,
      Path logs,
      RuntimeClient client,
      CredentialsEndpoint credentials) {
    this.aws = aws;
    this.artifacts = artifacts;
    this.logs = logs;
    this.client = client;
    this.credentials = credentials;
  }

  /**
   * Makes it ready.
   *
   * @param artifacts where the zips are unpacked
   * @param logs where what the functions write goes, a file for each
   * @throws InvocationFailedException if the runtime client does not run on this machine
   */
  public static LambdaRuntime open(EmbeddedAws aws, Path artifacts, Path logs) {
    try {
      return new LambdaRuntime(
          aws,
          artifacts,
          logs,
          RuntimeClient.unpack(artifacts.resolve("runtime-client")),
          CredentialsEndpoint.open(
              () -> new Credentials("local", Instant.now().plus(CREDENTIALS_LAST))));
    } catch (IllegalStateException e) {
      throw new InvocationFailedException(
          "Without --runtime the functions run everywhere. " + e.getMessage(), e);
    }
  }

  /**
   * Unpacks a function. One that answers over HTTP has a process at once, the others have one when
   * they get their first event.
   *
   * @param environment the variables that the template gives it
   * @throws InvocationFailedException if it does not come up; the message says why
   */
  public FunctionHost load(FunctionResource function, Map<String, String> environment) {
    String name = function.logicalId();
    try {
      FunctionLog log = FunctionLog.open(logs.resolve(name + ".log"));
      FunctionProcesses processes =
          new FunctionProcesses(
              new FunctionLaunch(
                  function,
                  Artifact.unpack(function.codeUri(), artifacts.resolve(name)),
                  client,
                  withAws(environment),
                  InitializationType.SNAP_START,
                  log::write),
              MOST_PROCESSES_OF_A_FUNCTION);
      FunctionHost host = new FunctionInProcesses(name, processes, log);
      if (!function.routes().isEmpty()) {
        warmUp(processes, host);
      }
      return host;
    } catch (FunctionErrorException e) {
      throw InvocationFailedException.unusable(function, e.words(), e);
    } catch (UncheckedIOException e) {
      throw InvocationFailedException.unusable(function, String.valueOf(e.getMessage()), e);
    }
  }

  private static void warmUp(FunctionProcesses processes, FunctionHost host) {
    try {
      processes.warmUp();
    } catch (InterruptedException e) {
      host.close();
      Thread.currentThread().interrupt();
      throw new InvocationFailedException(host.name() + " is being shut down", e);
    } catch (RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private Map<String, String> withAws(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", aws.dynamoDbEndpoint().toString());
    variables.put("AWS_ENDPOINT_URL_SQS", aws.sqsEndpoint().toString());
    variables.put("AWS_REGION", aws.region());
    variables.putAll(credentials.variables());
    return variables;
  }

  /** Closed after the functions that it has loaded. */
  @Override
  public void close() {
    credentials.close();
  }
}
