package dev.pixal3d.jobs.deployment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A handler that does what no function does, in the ways in which code may hide it: behind an
 * interface, in a lambda, in a transaction. Never called.
 */
public final class ForgetfulHandler implements RequestHandler<String, String> {
  private final Supplier<DynamoDbClient> dynamoDb = DynamoDbClient::create;
  private final Consumer<String> forgetting = new Forgetting();
  private final Wish wish = new Wish.ToForget();

  /** What it is asked for. */
  sealed interface Wish {
    record ToForget() implements Wish {}

    /** Nobody wishes that. */
    record ToRead() implements Wish {}
  }

  private final class Forgetting implements Consumer<String> {
    @Override
    public void accept(String key) {
      dynamoDb.get().deleteItem(delete -> delete.tableName(key));
    }
  }

  private static final class NeverMade implements Consumer<String> {
    @Override
    public void accept(String key) {
      throw new IllegalStateException(
          SqsClient.create().purgeQueue(purge -> purge.queueUrl(key)).toString());
    }
  }

  @Override
  public String handleRequest(String input, Context context) {
    forgetting.accept(input);
    var item = TransactWriteItem.builder().conditionCheck(check -> check.key(Map.of())).build();
    dynamoDb.get().transactWriteItems(write -> write.transactItems(item));
    return switch (wish) {
      case Wish.ToForget() -> "";
      case Wish.ToRead() -> dynamoDb.get().getItem(get -> get.tableName(input)).toString();
    };
  }

  /** Nothing calls this. */
  static Consumer<String> neverCalled() {
    return new NeverMade();
  }
}
