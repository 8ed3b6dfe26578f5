package dev.pixal3d.jobs.ops;

import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/** What the things of template.yaml are called where they really are. */
interface Names {
  String TABLE = "JobsTable";

  /** The table that the functions use. */
  String table();

  /**
   * A queue's URL.
   *
   * @param logicalId as in template.yaml
   */
  String queueUrl(String logicalId);

  /** The parameters that the system was deployed with. */
  Map<String, String> parameters();

  /** Names as an emulator without a stack has them: the logical ids themselves. */
  record Logical(SqsClient sqs) implements Names {
    @Override
    public String table() {
      return TABLE;
    }

    @Override
    public String queueUrl(String logicalId) {
      try {
        return sqs.getQueueUrl(get -> get.queueName(logicalId)).queueUrl();
      } catch (QueueDoesNotExistException e) {
        throw OpsException.notFound(
            "There is no queue " + logicalId + ". If this is a stack's, name it with --stack.", e);
      }
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }
  }

  /** Names as CloudFormation gave them. */
  record OfStack(String stack, Map<String, String> physicalIds, Map<String, String> parameters)
      implements Names {
    private static final String EXISTING_TABLE = "ExistingTableName";

    static OfStack read(CloudFormationClient cloudFormation, String stack, String region) {
      try {
        Stack described =
            cloudFormation
                .describeStacks(describe -> describe.stackName(stack))
                .stacks()
                .getFirst();
        return new OfStack(
            stack,
            // DescribeStackResources would stop at 100 of them.
            cloudFormation
                .listStackResourcesPaginator(list -> list.stackName(stack))
                .stackResourceSummaries()
                .stream()
                .filter(resource -> resource.physicalResourceId() != null)
                .collect(
                    Collectors.toMap(
                        StackResourceSummary::logicalResourceId,
                        StackResourceSummary::physicalResourceId)),
            described.parameters().stream()
                .collect(Collectors.toMap(Parameter::parameterKey, Parameter::parameterValue)));
      } catch (CloudFormationException e) {
        if (String.valueOf(e.getMessage()).contains("does not exist")) {
          throw OpsException.notFound(
              "There is no stack %s in %s. --stack takes the name given to `sam deploy`; --region and --profile name another place."
                  .formatted(stack, region),
              e);
        }
        throw e;
      }
    }

    @Override
    public String table() {
      String existing = parameters.getOrDefault(EXISTING_TABLE, "");
      return existing.isBlank() ? physicalId(TABLE) : existing;
    }

    @Override
    public String queueUrl(String logicalId) {
      return physicalId(logicalId);
    }

    private String physicalId(String logicalId) {
      String id = physicalIds.get(logicalId);
      if (id == null) {
        throw OpsException.notFound(
            "The stack %s has no %s: it is no stack of pixal3d-jobs, or not deployed to its end."
                .formatted(stack, logicalId));
      }
      return id;
    }
  }
}
