package dev.pixal3d.jobs.bench.pipeline;

import dev.pixal3d.jobs.local.LocalStack;
import dev.pixal3d.jobs.local.LocalStackOptions;
import dev.pixal3d.jobs.local.Upstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/**
 * The calls of DynamoDB and SQS that a job's life makes in a local stack, from its submit to its
 * terminal status, in their order.
 */
record JobCalls(List<SdkRequest> requests) {
  /**
   * What is read once a second or less often (the gate by submits, API keys) is not a part of every
   * life: of so many lives the one with the fewest calls counts.
   */
  private static final int LIVES = 8;

  private static final Duration SILENCE = Duration.ofMillis(400);

  /** Records them, with a local stack in this JVM. */
  static JobCalls record(Path home, URI upstream) throws IOException, InterruptedException {
    var options =
        new LocalStackOptions(
            home.resolve("template.yaml"),
            0,
            Submits.KEY,
            null,
            null,
            new Upstream.Elsewhere(upstream, Pixal3dNearby.KEY),
            false,
            null,
            Map.of());
    try (LocalStack stack = LocalStack.start(options)) {
      var submits = new Submits(stack.api());
      var lives = new ArrayList<JobCalls>();
      for (int life = 0; life < LIVES; life++) {
        lives.add(recordOne(submits));
      }
      return Collections.min(lives, Comparator.comparingInt(life -> life.requests().size()));
    } finally {
      CallListener.stop();
    }
  }

  private static JobCalls recordOne(Submits submits) throws IOException, InterruptedException {
    CallListener.listen();
    submits.submit();
    int before = 0;
    do {
      before = CallListener.heard().size();
      Thread.sleep(SILENCE);
    } while (CallListener.heard().size() > before);
    return new JobCalls(CallListener.heard());
  }

  /** How many there are of each kind. */
  Map<String, Long> counts() {
    return requests.stream()
        .collect(
            Collectors.groupingBy(
                request -> request.getClass().getSimpleName().replace("Request", ""),
                TreeMap::new,
                Collectors.counting()));
  }

  /** The job whose life it was. */
  String requestId() {
    return requests.stream()
        .map(JobCalls::savedId)
        .filter(id -> id != null)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No job was saved: " + counts()));
  }

  private static @Nullable String savedId(SdkRequest request) {
    return request instanceof PutItemRequest put && put.item().containsKey("request_id")
        ? String.valueOf(put.item().get("request_id").s())
        : null;
  }
}
