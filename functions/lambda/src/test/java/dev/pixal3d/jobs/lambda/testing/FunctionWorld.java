package dev.pixal3d.jobs.lambda.testing;

import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.queue.JobMessageJson;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import dev.pixal3d.jobs.core.store.DynamoDbClientStore;
import dev.pixal3d.jobs.core.store.DynamoDbJobStore;
import dev.pixal3d.jobs.core.store.JobStore;
import dev.pixal3d.jobs.embedded.EmbeddedAws;
import dev.pixal3d.jobs.embedded.Template;
import dev.pixal3d.simulator.Pixal3dSimulator;
import dev.pixal3d.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a function finds around it: the table and the queues of template.yaml, a simulated Pixal3D,
 * and the settings that lead to them. Brought up once for all tests of this JVM.
 */
public final class FunctionWorld {
  public static final String API_KEY = "the-key";
  public static final String DISABLED_KEY = "the-disabled-key";
  public static final String CLIENT = "acme";
  public static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final int DUE_SHARDS = 4;
  private static final FunctionWorld WORLD = new FunctionWorld();

  private final EmbeddedAws aws;
  private final Pixal3dSimulator pixal3d;

  private FunctionWorld() {
    aws = EmbeddedAws.start(Template.load(Path.of("../../template.yaml")), null);
    // Where the SDK's default chain looks, as a function on Lambda does.
    System.setProperty("aws.endpointUrlDynamoDb", aws.dynamoDbEndpoint().toString());
    System.setProperty("aws.endpointUrlSqs", aws.sqsEndpoint().toString());
    System.setProperty("aws.region", aws.region());
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
    var clients = new DynamoDbClientStore(aws.dynamoDb(), aws.tableName());
    clients.put(new Client(CLIENT, true, List.of(WEBHOOK_SECRET)));
    clients.putKey(API_KEY, CLIENT);
    clients.put(new Client("disabled", false, List.of()));
    clients.putKey(DISABLED_KEY, "disabled");
    pixal3d = startPixal3d();
  }

  private static Pixal3dSimulator startPixal3d() {
    try {
      Path data = Files.createTempDirectory("pixal3d-simulator");
      return Pixal3dSimulator.start(
          new Pixal3dSimulator.Options(
              0, data, "upstream-key", SimulatorSettings.parse(List.of("glb=off"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static FunctionWorld world() {
    return WORLD;
  }

  /** The settings, with these changed: name and value in turn. */
  public Map<String, String> environment(String... changes) {
    var environment = new HashMap<String, String>();
    environment.put("TABLE_NAME", aws.tableName());
    environment.put("DISPATCH_QUEUE_URL", aws.queueUrl("DispatchQueue"));
    environment.put("POLL_QUEUE_URL", aws.queueUrl("PollQueue"));
    environment.put("NOTIFY_QUEUE_URL", aws.queueUrl("NotifyQueue"));
    environment.put("SWEEP_QUEUE_URL", aws.queueUrl("SweepQueue"));
    environment.put("PIXAL3D_BASE_URL", pixal3d.baseUri().toString());
    environment.put("PIXAL3D_API_KEY", "upstream-key");
    environment.put("CALLBACK_SECRET", "a-secret");
    environment.put("PUBLIC_URL", "https://api.example.com");
    environment.put("ALLOW_LOOPBACK", "true");
    environment.put("DUE_SHARDS", Integer.toString(DUE_SHARDS));
    for (int n = 0; n < changes.length; n += 2) {
      environment.put(changes[n], changes[n + 1]);
    }
    return environment;
  }

  public JobStore store() {
    return new DynamoDbJobStore(aws.dynamoDb(), aws.tableName(), DUE_SHARDS, new SecureRandom());
  }

  public Pixal3dSimulator pixal3d() {
    return pixal3d;
  }

  /** An attribute of a record, as it lies in the table. */
  public @Nullable AttributeValue attribute(String key, String name) {
    return aws.dynamoDb()
        .getItem(get -> get.tableName(aws.tableName()).key(key(key)).consistentRead(true))
        .item()
        .get(name);
  }

  /** Sets an attribute of a record, past all code that knows of it. */
  public void setAttribute(String key, String name, AttributeValue value) {
    aws.dynamoDb()
        .updateItem(update ->
            update
                .tableName(aws.tableName())
                .key(key(key))
                .updateExpression("SET #name = :value")
                .expressionAttributeNames(Map.of("#name", name))
                .expressionAttributeValues(Map.of(":value", value)));
  }

  private static Map<String, AttributeValue> key(String key) {
    return Map.of("request_id", AttributeValue.fromS(key));
  }

  /** Takes the messages that are in a queue. */
  public List<JobMessage> take(String queue) {
    var taken = new ArrayList<JobMessage>();
    var url = aws.queueUrl(queue);
    while (true) {
      var batch =
          aws.sqs()
              .receiveMessage(get -> get.queueUrl(url).maxNumberOfMessages(10).waitTimeSeconds(0))
              .messages();
      if (batch.isEmpty()) {
        return taken;
      }
      for (var message : batch) {
        taken.add(JobMessageJson.read(message.body()));
        aws.sqs()
            .deleteMessage(delete -> delete.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
  }
}
