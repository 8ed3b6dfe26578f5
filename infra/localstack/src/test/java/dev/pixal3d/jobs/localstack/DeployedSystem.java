package dev.pixal3d.jobs.localstack;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.pixal3d.jobs.local.system.Client;
import dev.pixal3d.jobs.local.system.Queues;
import dev.pixal3d.jobs.local.system.Receiver;
import dev.pixal3d.jobs.local.system.RunningSystem;
import dev.pixal3d.jobs.local.system.Simulator;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

/**
 * A stack in AWS. Of the tests only those run that make no jobs, unless {@code
 * -Daws.stack.spend=true} agrees to pay for a few, or {@code -Daws.stack.simulator=URL} names the
 * simulator that the stack has for its Pixal3D.
 *
 * @param client with the key of one of its clients
 * @param spend whether jobs may be paid for
 * @param simulatorUrl empty if it has the real Pixal3D
 */
record DeployedSystem(Client client, boolean spend, String simulatorUrl) implements RunningSystem {
  private static final String KEY_VARIABLE = "PIXAL3D_JOBS_KEY";

  /**
   * Finds a stack by the SDK's default credentials and region.
   *
   * @throws IllegalStateException if the key is missing, or the stack is not one of ours
   */
  static DeployedSystem find(String stack, Map<String, String> environment) {
    String key = environment.getOrDefault(KEY_VARIABLE, "");
    if (key.isEmpty()) {
      throw new IllegalStateException(
          "Put a key of one of the stack's clients into the environment, as %s"
              .formatted(KEY_VARIABLE));
    }
    return new DeployedSystem(
        new Client(apiOf(stack), key),
        Boolean.getBoolean("aws.stack.spend"),
        System.getProperty("aws.stack.simulator", ""));
  }

  private static URI apiOf(String stack) {
    try (CloudFormationClient cloudFormation =
        CloudFormationClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return cloudFormation
          .describeStacks(describe -> describe.stackName(stack))
          .stacks()
          .getFirst()
          .outputs()
          .stream()
          .filter(output -> output.outputKey().equals("ApiUrl"))
          .map(Output::outputValue)
          .map(URI::create)
          .findFirst()
          .orElseThrow(() ->
              new IllegalStateException("The stack %s has no output ApiUrl".formatted(stack)));
    }
  }

  @Override
  public Simulator simulator() {
    return simulatorUrl.isEmpty()
        ? abort("The stack's Pixal3D is not a simulator that is named by -Daws.stack.simulator")
        : new Simulator(URI.create(simulatorUrl));
  }

  @Override
  public Receiver receiver() {
    return abort(
        "A deployed stack sends webhooks to public https addresses only, not to this test");
  }

  @Override
  public String webhookSecret() {
    return abort("A deployed stack does not tell what it signs with");
  }

  @Override
  public Queues queues() {
    return abort("Nobody plays with the queues of a deployed stack");
  }

  /** By the template's defaults, and the minutes that the real Pixal3D takes. */
  @Override
  public Pace pace() {
    return new Pace(Duration.ofMinutes(30), Duration.ofMinutes(45), Duration.ofMinutes(10));
  }

  @Override
  public boolean isTooDear() {
    return !spend && simulatorUrl.isEmpty();
  }

  @Override
  public void close() {
    // It is not ours to end.
  }
}
