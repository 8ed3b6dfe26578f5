package dev.pixal3d.jobs.embedded;

/**
 * One entry of the template's {@code Resources}.
 *
 * @param logicalId its name
 * @param type its type, as {@code AWS::SQS::Queue}
 * @param properties its properties, with the template's globals put in
 */
record Resource(String logicalId, String type, Section properties) {
  static final String FUNCTION = "AWS::Serverless::Function";
  static final String HTTP_API = "AWS::Serverless::HttpApi";
  static final String QUEUE = "AWS::SQS::Queue";
  static final String TABLE = "AWS::DynamoDB::Table";
  static final String SCHEDULE = "AWS::Scheduler::Schedule";

  /** The ids that are known before anything runs: here a resource's name is its logical id. */
  PhysicalIds idsBeforeStart() {
    return switch (type) {
      case QUEUE ->
          PhysicalIds.none()
              .with(logicalId + ".Arn", queueArn(logicalId))
              .with(logicalId + ".QueueName", logicalId);
      case TABLE ->
          PhysicalIds.none()
              .with(logicalId, logicalId)
              .with(logicalId + ".Arn", arn("dynamodb", "table/" + logicalId));
      default -> PhysicalIds.none();
    };
  }

  static String queueArn(String name) {
    return arn("sqs", name);
  }

  private static String arn(String service, String name) {
    return String.join(":", "arn:aws", service, Intrinsics.REGION, Intrinsics.ACCOUNT, name);
  }
}
