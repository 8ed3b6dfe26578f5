package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** An operator's day on a running system, command by command. */
@Order(1) // It waits for a minute while others work.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("long")
class OperatorsDayIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The minute for which functions remember a key, and a busy machine's slowness. */
  private static final Duration ONE_MORE_LOOK = Duration.ofSeconds(2);

  private static final Duration KEYS_REMEMBERED = Duration.ofSeconds(75);

  private static final String GARBAGE = "{\"poll\": \"garbage\"}";

  private static RunningStack stack;
  private static OperatorsTool tool;
  private static Receiver receiver;
  private static Queues queues;

  private static String key = "";
  private static String lostKey = "";
  private static long disabledAt;
  private static String webhookSecret = "";

  @BeforeAll
  static void beginTheDay() {
    stack =
        RunningStack.Launch.quick()
            .with(
                List.of(
                    "--simulate", "glb=off",
                    "--simulate", "queued-seconds=0.1",
                    "--simulate", "processing-seconds=0.2"))
            .start();
    tool = new OperatorsTool(stack);
    receiver = Receiver.start();
    queues = stack.queues();
  }

  @AfterAll
  static void endTheDay() {
    queues.close();
    receiver.close();
    stack.close();
  }

  @Test
  @Order(1)
  void makesAKeyWithWhichAClientSubmits() {
    assertThat(new Client(stack.api(), "p3dkey_of-nobody").submit().code()).isEqualTo(401);

    JsonNode made = tool.run("keys", "create", "acme", "--json").json();
    key = made.path("api_key").asText();
    webhookSecret = made.path("webhook_secret").asText();

    Receiver.Delivery delivery = told(client().submitted(receiver.headers()));
    assertThat(delivery.isSignedWith(webhookSecret)).isTrue();
    assertThat(tool.done("jobs", "show", delivery.requestId())).contains("COMPLETED");
  }

  /** What comes of it is seen at the end of the day: it takes its minute. */
  @Test
  @Order(2)
  void disablesAKeyThatWasLost() {
    JsonNode made = tool.run("keys", "create", "acme", "--json").json();
    lostKey = made.path("api_key").asText();
    assertThat(new Client(stack.api(), lostKey).submit().code()).isEqualTo(202);

    tool.done("keys", "disable", made.path("key_id").asText());

    disabledAt = System.nanoTime();
  }

  @Test
  @Order(3)
  void rotatesTheWebhookSecretWithoutARefusedDelivery() {
    String old = webhookSecret;
    Receiver.Delivery before = told(client().submitted(receiver.headers()));
    assertThat(before.isSignedWith(old)).isTrue();

    webhookSecret =
        tool.run("keys", "rotate", "acme", "--webhook-secret", "--json")
            .json()
            .path("webhook_secret")
            .asText();
    Receiver.Delivery during = told(client().submitted(receiver.headers()));
    assertThat(during.isSignedWith(old)).as("before the receiver changes over").isTrue();
    assertThat(during.isSignedWith(webhookSecret)).as("after it did").isTrue();

    tool.done("keys", "rotate", "acme", "--webhook-secret", "--finish");
    Receiver.Delivery after = told(client().submitted(receiver.headers()));
    assertThat(after.isSignedWith(webhookSecret)).isTrue();
    assertThat(after.isSignedWith(old)).isFalse();
  }

  @Test
  @Order(4)
  void findsAPoisonedMessageAmongTheDeadLettersAndRedrivesIt() {
    queues.setVisibilityTimeout("PollQueue", Duration.ZERO); // It fails fast.
    queues.send("PollQueue", GARBAGE);
    await().atMost(PATIENCE).until(() -> queues.visible("PollDeadLetters") == 1);

    assertThat(tool.done("dlq", "list")).contains(GARBAGE);

    queues.setVisibilityTimeout("PollQueue", Duration.ofMinutes(6));
    assertThat(tool.done("dlq", "redrive", "poll")).contains("1 moved, 0 left");

    assertThat(tool.done("dlq", "list")).doesNotContain(GARBAGE);
    await("it is tried once more, and waits for the next try")
        .atMost(PATIENCE)
        .until(() -> queues.inFlight("PollQueue") == 1);
  }

  @Test
  @Order(5)
  void requeuesAStuckJob() {
    tool.done("dispatch", "pause", "--why", "lunch");
    String job = client().submitted();
    await()
        .atMost(PATIENCE)
        .until(() ->
            client().get("/v2/requests/" + job + "/timeline").body().contains("dispatch held"));
    tool.done("dispatch", "resume");

    assertThat(tool.done("jobs", "list", "--client", "acme", "--status", "queued")).contains(job);
    tool.done("jobs", "requeue", job);

    assertThat(client().ended(job, PATIENCE).path("status").asText()).isEqualTo("COMPLETED");
    assertThat(stack.simulator().charges(job)).isEqualTo(1);
    assertThat(tool.run("jobs", "requeue", job).code()).as("an ended one").isEqualTo(6);
  }

  @Test
  @Order(6)
  void andTheDisabledKeyIsRefusedWithinAMinute() {
    Duration left = KEYS_REMEMBERED.minusNanos(System.nanoTime() - disabledAt);
    await()
        .atMost(left.compareTo(ONE_MORE_LOOK) > 0 ? left : ONE_MORE_LOOK)
        .until(() -> new Client(stack.api(), lostKey).submit().code() == 403);

    assertThat(client().submit().code()).as("with the client's other key").isEqualTo(202);
    assertThat(tool.done("keys", "list")).contains("disabled since");
  }

  @Test
  @Order(7)
  void hasShownNoSecretButAtItsMaking() {
    for (String secret : List.of(key, lostKey, webhookSecret)) {
      assertThat(tool.outputs().stream().filter(output -> output.contains(secret))).hasSize(1);
    }
  }

  private static Client client() {
    return new Client(stack.api(), key);
  }

  private static Receiver.Delivery told(String job) {
    await().atMost(PATIENCE).until(() -> !receiver.deliveries(job).isEmpty());
    return receiver.deliveries(job).getFirst();
  }
}
