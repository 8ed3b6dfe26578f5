package dev.pixal3d.jobs.deployment;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.Priming;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.deployment.ExpandedTemplate.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a function may do, held against what its code does. */
final class Permissions {
  /** Developer guide, "Using Lambda with Amazon SQS": Lambda reads the queue as the function. */
  static final Set<String> TO_BE_CALLED_BY_A_QUEUE =
      Set.of("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes");

  /** The log group is the stack's. */
  static final Set<String> TO_LOG = Set.of("logs:CreateLogStream", "logs:PutLogEvents");

  /** Where a message goes, by the simple name of its type. */
  private static final Map<String, String> QUEUES =
      Map.of(
          "Dispatch", "DispatchQueue",
          "Poll", "PollQueue",
          "Notify", "NotifyQueue",
          "Progress", "NotifyQueue",
          "SweepAll", "SweepQueue",
          "SweepShard", "SweepQueue");

  private static final String MESSAGE = internalName(JobMessage.class) + "$";
  private static final String SETTING = internalName(Setting.class);

  private Permissions() {}

  /** A sentence for each action that is allowed and not done, or done and not allowed. */
  static List<String> differences(ExpandedTemplate template, String function, ReachableCode code) {
    Set<String> needed = new TreeSet<>(AwsActions.of(code));
    needed.addAll(TO_LOG);
    if (!template.queuesThatCall(function).isEmpty()) {
      needed.addAll(TO_BE_CALLED_BY_A_QUEUE);
    }
    return differences(
        function, needed, ExpandedTemplate.actions(template.permissionsOf(function)), "call %s");
  }

  /**
   * A sentence for each queue that it may send to and does not, or the other way round.
   *
   * @param handlerClass whose code is looked at
   */
  static List<String> differencesOfQueues(
      ExpandedTemplate template, String function, String handlerClass) {
    Set<String> needed = queuesSentTo(ReachableCode.without(Priming.class, handlerClass));
    needed.addAll(queuesPrimed(template, function, handlerClass));
    return differences(
        function, needed, named(template, function, "sqs:SendMessage"), "send to %s");
  }

  /** A sentence for each index that it may query and does not, or the other way round. */
  static List<String> differencesOfIndexes(
      ExpandedTemplate template, String function, ReachableCode code) {
    Set<String> allowed =
        permissions(template, function, "dynamodb:Query")
            .map(permission ->
                permission.resource().toString().replaceAll(".*/index/(\\w+).*", "$1"))
            .collect(toCollection(TreeSet::new));
    return differences(function, indexesQueried(code), allowed, "query the index %s");
  }

  /** A sentence for each secret that it may read and does not, or the other way round. */
  static List<String> differencesOfSecrets(
      ExpandedTemplate template, String function, ReachableCode code) {
    Set<String> allowed =
        permissions(template, function, "secretsmanager:GetSecretValue")
            .map(permission ->
                ExpandedTemplate.refersTo(permission.resource(), "CallbackSecret")
                    ? Setting.CALLBACK_SECRET.name()
                    : Setting.PIXAL3D_API_KEY.name())
            .collect(toCollection(TreeSet::new));
    return differences(function, secretsRead(code), allowed, "read the secret of %s");
  }

  private static List<String> differences(
      String function, Set<String> needed, Set<String> allowed, String what) {
    var sentences = new ArrayList<String>();
    for (String surplus : without(allowed, needed)) {
      sentences.add(
          "%s may %s, but nothing that its handler reaches does: take that from its role"
              .formatted(function, what.formatted(surplus)));
    }
    for (String missing : without(needed, allowed)) {
      sentences.add(
          "%s may not %s, but what its handler reaches does: add that to its role"
              .formatted(function, what.formatted(missing)));
    }
    return sentences;
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    var rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }

  /** By the messages that it makes itself, in place of those that it reads. */
  private static Set<String> queuesSentTo(ReachableCode code) {
    return code.made().stream()
        .filter(made -> made.type().startsWith(MESSAGE))
        .filter(made -> !made.by().endsWith("/JobMessageJson"))
        .map(made -> made.type().substring(MESSAGE.length()))
        .map(Permissions::queueOf)
        .collect(toCollection(TreeSet::new));
  }

  /** Priming sends nothing, but asks for it; the function's own classes say to which queue. */
  private static Set<String> queuesPrimed(
      ExpandedTemplate template, String function, String handlerClass) {
    String ownPackage = handlerClass.substring(0, handlerClass.lastIndexOf('.')).replace('.', '/');
    JsonNode environment = template.properties(function).at("/Environment/Variables");
    return ReachableCode.of(handlerClass).reads().stream()
        .filter(read -> read.by().startsWith(ownPackage) && read.owner().equals(SETTING))
        .filter(read -> read.name().endsWith("_QUEUE_URL"))
        .map(read -> environment.path(read.name()).path("Ref").asText())
        .collect(toCollection(TreeSet::new));
  }

  private static String queueOf(String message) {
    String queue = QUEUES.get(message);
    if (queue == null) {
      throw new AssertionError("Tell " + Permissions.class + " which queue takes a " + message);
    }
    return queue;
  }

  private static Set<String> indexesQueried(ReachableCode code) {
    return code.calls().stream()
        .filter(call -> call.to().name().equals("indexName"))
        .map(call -> {
          if (call.text() == null) {
            throw new AssertionError("Which index does " + call.from() + " query? Name it there.");
          }
          return call.text();
        })
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> secretsRead(ReachableCode code) {
    return code.reads().stream()
        .filter(read -> read.owner().equals(SETTING) && !read.by().equals(SETTING))
        .map(ReachableCode.Read::name)
        .filter(Set.of(Setting.PIXAL3D_API_KEY.name(), Setting.CALLBACK_SECRET.name())::contains)
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> named(ExpandedTemplate template, String function, String action) {
    return permissions(template, function, action)
        .map(permission -> logicalId(permission.resource()))
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<Permission> permissions(
      ExpandedTemplate template, String function, String action) {
    return template.permissionsOf(function).stream()
        .filter(permission -> permission.action().equals(action));
  }

  /** The resource whose ARN a value is. */
  static String logicalId(JsonNode arn) {
    JsonNode attribute = arn.path("Fn::GetAtt");
    return attribute.path(1).asText().equals("Arn") ? attribute.path(0).asText() : arn.toString();
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
