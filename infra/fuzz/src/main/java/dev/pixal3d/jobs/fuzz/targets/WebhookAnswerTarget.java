package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.queue.JobMessage;
import dev.pixal3d.jobs.core.webhook.Offline;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.Noise;
import dev.pixal3d.jobs.notify.NotifyHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** What clients' servers answer to webhooks, byte for byte. */
public final class WebhookAnswerTarget implements Target<WebhookAnswerTarget.Answer> {
  private static final String BYTES = "bytes";
  private static final Job JOB = World.COMPLETED;

  /** The HTTP client reads versions that are none; what it takes for one is not judged here. */
  private static final Pattern SUCCESS = Pattern.compile("HTTP/[^\\n]*?\\s+0*2[0-9]{2}");

  private static final Pattern PLAIN_SUCCESS =
      Pattern.compile(
          "HTTP/1\\.1 2[0-9]{2} OK\r\n(?:X-h*: v{1,100}\r\n){0,5}\r\n.*", Pattern.DOTALL);
  private static final int LONGEST_ERROR = 500;

  /** The schedule's longest step is 10 h, a Retry-After counts up to 24 h; jitter is added. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(36);

  @Override
  public String name() {
    return "webhook-answer";
  }

  @Override
  public Input draw(Chance chance) {
    String answer = answer(chance);
    return Input.empty()
        .with(
            BYTES,
            switch (chance.below(10)) {
              case 0 -> Noise.bytes(chance, chance.below(300));
              case 1 -> answer.substring(0, chance.between(0, answer.length()));
              case 2, 3 -> Noise.mangledBytes(chance, answer);
              case 4 -> Noise.mangledBytes(chance, Noise.mangledBytes(chance, answer));
              default -> answer;
            });
  }

  private static String answer(Chance chance) {
    StringBuilder answer = new StringBuilder();
    while (chance.oneIn(10)) {
      answer
          .append("HTTP/1.1 ")
          .append(
              chance.oneOf(
                  "100 Continue", "102 Processing", "103 Early Hints", "101 Switching Protocols"))
          .append("\r\n\r\n");
    }
    String eol = chance.oneIn(20) ? "\n" : "\r\n";
    answer.append(
        chance.percent(90)
            ? "HTTP/1.1 "
            : chance.oneOf(
                "HTTP/1.0 ",
                "HTTP/2 ",
                "http/1.1 ",
                "HTTP/1.1\t",
                "HTTP/9.9 ",
                "ICY ",
                "SSH-2.0 "));
    answer.append(
        chance.percent(85)
            ? chance.oneOf(
                "200", "204", "202", "301", "307", "400", "404", "410", "429", "500", "503")
            : Integer.toString(chance.between(-5, 99999)));
    answer.append(" ").append(chance.percent(90) ? "OK" : Noise.utf8(Noise.text(chance)));
    answer.append(eol);
    for (int headers = chance.oneIn(50) ? chance.between(90, 120) : chance.below(4);
        headers > 0;
        headers--) {
      answer.append(header(chance)).append(eol);
    }
    answer.append(eol);
    answer.append(body(chance));
    return answer.toString();
  }

  private static String header(Chance chance) {
    return switch (chance.below(16)) {
      case 0, 7 -> "Retry-After: " + Noise.utf8(UpstreamAnswer.retryAfter(chance));
      case 1 ->
          "Content-Length: "
              + chance.oneOf("0", "5", "-1", "99999999999999999999", "5, 5", "x", "70000", "");
      case 2 ->
          "Transfer-Encoding: "
              + chance.oneOf(
                  "chunked", "gzip", "identity", "gzip, chunked", "x", "chunked, chunked");
      case 3 -> "Location: " + chance.oneOf("https://127.0.0.1/", "//x", "", "/a");
      case 4 -> "Content-Encoding: " + chance.oneOf("gzip", "br", "deflate", "x");
      case 5 -> "Set-Cookie: " + Noise.utf8(Noise.text(chance));
      case 6 ->
          Noise.utf8(Noise.text(chance))
              + chance.oneOf(": ", ":", " : ", "")
              + Noise.utf8(Noise.text(chance));
      default ->
          "X-"
              + "h".repeat(chance.below(20))
              + ": "
              + "v".repeat(chance.oneIn(30) ? chance.between(8_180, 8_200) : chance.below(100));
    };
  }

  private static String body(Chance chance) {
    return switch (chance.below(6)) {
      case 0 -> "";
      case 1 -> "hello";
      case 2 ->
          chance.oneOf(
              "5\r\nhello\r\n0\r\n\r\n",
              "ffffffffffffffff\r\nx",
              "-1\r\n",
              "5\r\nhel",
              "5;ext=\"\r\nhello\r\n0\r\nX: y\r\n\r\n");
      case 3 -> Noise.bytes(chance, chance.below(100));
      case 4 -> chance.oneIn(20) ? "x".repeat(chance.between(65_530, 70_000)) : "x";
      default -> "{}";
    };
  }

  /** What came of an answer. */
  record Answer(SQSBatchResponse batch, World world) {}

  @Override
  public Answer send(Input input) {
    World world =
        new World()
            .with(
                WebhookSender.class,
                Offline.hearing(input.bytes(BYTES), InstantSource.fixed(World.NOW)));
    var message = new JobMessage.Notify(JOB.id(), JOB.attempt(), Duration.ZERO);
    var handler = new NotifyHandler(world.application());
    return new Answer(handler.handleRequest(Events.sqs(message), Invocation.CONTEXT), world);
  }

  @Override
  public String judge(Input input, Answer answer) throws ViolationException {
    unless(answer.batch().getBatchItemFailures().isEmpty(), "no message fails", answer.batch());
    Job job = answer.world().job(JOB.id());
    Answers.checkJob(JOB, job, World.token(JOB.id()));
    List<Delivery.Attempt> attempts = job.delivery().attempts();
    unless(attempts.size() == 1, "an attempt is made, once", attempts);
    Delivery.Attempt attempt = attempts.getFirst();
    String bytes = new String(input.bytes(BYTES), ISO_8859_1);
    boolean delivered = job.delivery().settled() == Delivery.Settled.DELIVERED;
    unless(!delivered || SUCCESS.matcher(bytes).find(), "only a 2xx is a success", attempt);
    unless(
        delivered || !PLAIN_SUCCESS.matcher(bytes).matches(), "a plain 2xx is a success", attempt);
    String error = attempt.error();
    if (delivered) {
      return "delivered";
    }
    unless(
        error != null
            && error.length() <= LONGEST_ERROR
            && error.chars().allMatch(c -> c >= ' ' && c <= '~'),
        "a failure is told in a line of ASCII",
        error);
    Instant next = job.delivery().nextAt();
    if (job.delivery().settled() == Delivery.Settled.GIVEN_UP) {
      unless(Integer.valueOf(410).equals(attempt.httpStatus()), "only a 410 ends it", attempt);
      return "given up";
    }
    unless(
        next != null && next.isAfter(World.NOW) && next.isBefore(World.NOW.plus(LONGEST_WAIT)),
        "another attempt is made in time",
        String.valueOf(next));
    return attempt.httpStatus() == null
        ? "no answer"
        : "answered " + attempt.httpStatus() / 100 + "xx";
  }
}
