package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The header Idempotency-Key. */
@OnSharedStack
class IdempotencyIT {
  private static final String REQUEST =
      "{\"image_url\": \"https://example.com/dog.png\", \"seed\": 7, \"remesh\": false}";
  private static final String REORDERED =
      "{ \"remesh\":false,\n\"seed\":7,\n\"image_url\":\"https://example.com/dog.png\" }";
  private static final String ANOTHER =
      "{\"image_url\": \"https://example.com/dog.png\", \"seed\": 8, \"remesh\": false}";

  private final Client client;
  private final String key = UUID.randomUUID().toString();

  IdempotencyIT(Client client) {
    this.client = client;
  }

  @Test
  void theSameRequestWithItsMembersInAnotherOrderGetsTheFirstAnswerAgain() {
    Answer first = submit(REQUEST);

    Answer second = submit(REORDERED);

    assertThat(first.code()).isEqualTo(202);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(second.code()).isEqualTo(202);
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(second.json()).isEqualTo(first.json());
  }

  @Test
  void anotherRequestIsUnprocessable() {
    submit(REQUEST);

    Answer second = submit(ANOTHER);

    assertThat(second.code()).isEqualTo(422);
    BadInputIT.assertHasThePagesErrorShape(second);
  }

  @Test
  void anotherWebhookMakesAnotherRequest() {
    submit(REQUEST);

    Answer second = submit(REQUEST, "X-Webhook-URL", "https://client.example/hook");

    assertThat(second.code()).isEqualTo(422);
  }

  @Test
  void ofManyAtOnceOneIsTheFirstAndAllGetItsJob() throws Exception {
    List<Future<Answer>> answers;
    try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
      answers =
          IntStream.range(0, 16).mapToObj(_ -> clients.submit(() -> submit(REQUEST))).toList();
    }

    assertThat(answers).extracting(answer -> answer.get().code()).containsOnly(202);
    List<String> jobs =
        answers.stream().map(answer -> answer.resultNow().text("request_id")).toList();
    assertThat(jobs).containsOnly(jobs.getFirst());
    assertThat(answers.stream().filter(answer -> isFirst(answer.resultNow()))).hasSize(1);
  }

  private static boolean isFirst(Answer answer) {
    return answer.header("Idempotency-Replayed").isEmpty();
  }

  private Answer submit(String body, String... headers) {
    String[] all = new String[headers.length + 2];
    all[0] = "Idempotency-Key";
    all[1] = key;
    System.arraycopy(headers, 0, all, 2, headers.length);
    return client.submitBody(body, all);
  }
}
