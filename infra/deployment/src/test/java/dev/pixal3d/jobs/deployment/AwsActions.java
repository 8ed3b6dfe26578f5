package dev.pixal3d.jobs.deployment;

import dev.pixal3d.jobs.deployment.ClassFiles.Method;
import dev.pixal3d.jobs.deployment.ReachableCode.Call;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The actions (IAM's word) behind the calls that code makes of the AWS SDK's clients. */
final class AwsActions {
  private static final Pattern CLIENT =
      Pattern.compile("software/amazon/awssdk/services/(\\w+)/\\w+(?<!Service)Client");
  private static final String TRANSACT_ITEM =
      "software/amazon/awssdk/services/dynamodb/model/TransactWriteItem$Builder";

  /** "How DynamoDB API operations work with IAM": a transaction asks for what its parts do. */
  private static final Map<String, String> TRANSACTION_PARTS =
      Map.of(
          "put", "dynamodb:PutItem",
          "update", "dynamodb:UpdateItem",
          "delete", "dynamodb:DeleteItem",
          "conditionCheck", "dynamodb:ConditionCheckItem");

  /** "Actions defined by Amazon SQS": what a batch does is allowed with what it consists of. */
  private static final Map<String, String> BATCHES =
      Map.of(
          "sqs:SendMessageBatch", "sqs:SendMessage",
          "sqs:DeleteMessageBatch", "sqs:DeleteMessage",
          "sqs:ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility");

  private AwsActions() {}

  static Set<String> of(ReachableCode code) {
    return code.calls().stream()
        .map(Call::to)
        .flatMap(AwsActions::actions)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> actions(Method called) {
    if (called.owner().equals(TRANSACT_ITEM)) {
      return Optional.ofNullable(TRANSACTION_PARTS.get(called.name())).stream();
    }
    Matcher client = CLIENT.matcher(called.owner());
    if (!client.matches() || !isOperation(called)) {
      return Stream.empty();
    }
    String operation = called.name().replaceFirst("Paginator$", "");
    String action =
        "%s:%s%s"
            .formatted(
                client.group(1),
                operation.substring(0, 1).toUpperCase(Locale.ROOT),
                operation.substring(1));
    return action.equals("dynamodb:TransactWriteItems")
        ? Stream.empty() // Its parts are found where they are put in.
        : Stream.of(BATCHES.getOrDefault(action, action));
  }

  /**
   * An operation answers with a response, at once or later, or page by page with an iterable of
   * them. A waiter asks for what its name does not tell.
   */
  private static boolean isOperation(Method called) {
    if (called.name().equals("waiter")) {
      throw new AssertionError(
          "Which actions does " + called + " ask for? Tell " + AwsActions.class);
    }
    return called.descriptor().endsWith("Response;")
        || called.descriptor().endsWith("/CompletableFuture;")
        || called.name().endsWith("Paginator");
  }
}
