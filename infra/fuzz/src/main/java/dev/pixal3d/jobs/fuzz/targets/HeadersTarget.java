package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Addresses;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.Noise;
import dev.pixal3d.jobs.fuzz.draw.Requests;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The headers of a submit: API key, content type, webhook and its mode, Idempotency-Key, and the
 * path of another model.
 */
public final class HeadersTarget implements Target<SubmitTarget.Answer> {
  private static final String KEY = "ocp-apim-subscription-key";
  private static final String TYPE = "content-type";
  private static final String WEBHOOK = "x-webhook-url";
  private static final String MODE = "x-webhook-mode";
  private static final String IDEMPOTENCY = "idempotency-key";
  private static final String OTHER_ROUTE = "POST /{model}/v1/{operation}";
  private static final Pattern IDEMPOTENCY_KEY = Pattern.compile("[!-~]{1,255}");

  @Override
  public String name() {
    return "headers";
  }

  @Override
  public Input draw(Chance chance) {
    Input input = Input.empty().with(Events.ROUTE, SubmitTarget.ROUTE);
    input = header(chance, input, KEY, key(chance));
    input = header(chance, input, TYPE, type(chance));
    if (chance.percent(70)) {
      input =
          header(
              chance,
              input,
              WEBHOOK,
              chance.percent(50) ? Addresses.plain(chance) : Addresses.any(chance));
    }
    if (chance.percent(50)) {
      input = header(chance, input, MODE, mode(chance));
    }
    if (chance.percent(50)) {
      input = header(chance, input, IDEMPOTENCY, idempotencyKey(chance));
    }
    for (int more = chance.oneIn(4) ? chance.between(1, 30) : 0; more > 0; more--) {
      input = input.with(Events.HEADER + Noise.text(chance), Noise.text(chance));
    }
    if (chance.oneIn(10)) {
      input =
          input
              .with(Events.ROUTE, OTHER_ROUTE)
              .with(Events.PATH + "model", Noise.text(chance))
              .with(Events.PATH + "operation", Noise.text(chance));
    }
    if (chance.oneIn(4)) {
      input = input.with(Events.BASE64, "yes");
    }
    return chance.oneIn(50) ? input : input.with(Events.BODY, Requests.PLAIN);
  }

  /** API Gateway writes names in small letters; others may not. */
  private static Input header(Chance chance, Input input, String name, String value) {
    String spelt =
        chance.oneIn(10)
            ? chance.oneOf(name.toUpperCase(Locale.ROOT), Noise.mangled(chance, name))
            : name;
    Input with = input.with(Events.HEADER + spelt, value);
    return chance.oneIn(25)
        ? with.with(Events.HEADER + name.toUpperCase(Locale.ROOT), value)
        : with;
  }

  private static String key(Chance chance) {
    return switch (chance.below(20)) {
      case 0 -> Noise.text(chance);
      case 1 -> Noise.mangled(chance, World.API_KEY);
      case 2 -> World.SHUT_KEY;
      case 3 ->
          chance.oneOf(" " + World.API_KEY, World.API_KEY + " ", "Bearer " + World.API_KEY, "");
      default -> World.API_KEY;
    };
  }

  private static String type(Chance chance) {
    return switch (chance.below(10)) {
      case 0 -> Noise.text(chance);
      case 1 -> Noise.mangled(chance, "application/json; charset=utf-8");
      case 2 ->
          chance.oneOf(
              "text/plain",
              "application/json; charset=utf-16",
              "application/json;charset=\"iso-8859-1\"",
              "application/jsonp",
              "multipart/form-data; boundary=x",
              "application/x-www-form-urlencoded",
              "application/problem+json",
              ";",
              "*/*",
              "application/json,application/json");
      case 3 ->
          chance.oneOf(
              "application/json; charset=utf-8",
              "APPLICATION/JSON",
              "application/json;charset=\"UTF-8\"",
              " application/json ;x=y",
              "application/json;",
              "application/json; charset = utf-8");
      default -> "application/json";
    };
  }

  private static String mode(Chance chance) {
    return switch (chance.below(6)) {
      case 0 -> Noise.text(chance);
      case 1 -> Noise.mangled(chance, "terminal");
      case 2 ->
          chance.oneOf(
              "SYNC",
              "Terminal",
              "terminal,terminal",
              "terminal ",
              "\u017fync",
              "s\u0131nc",
              "termInal",
              "term\u0130nal");
      default -> chance.oneOf("sync", "terminal");
    };
  }

  private static String idempotencyKey(Chance chance) {
    return switch (chance.below(8)) {
      case 0 -> Noise.text(chance);
      case 1 -> Noise.mangled(chance, World.EARLIER_KEY);
      case 2 -> "k".repeat(chance.between(250, 260));
      case 3 -> Noise.ascii(chance, chance.below(300)).replace(' ', '_');
      case 4 -> World.EARLIER_KEY;
      default -> "order-" + chance.below(1000);
    };
  }

  @Override
  public SubmitTarget.Answer send(Input input) {
    return SubmitTarget.submit(input);
  }

  @Override
  public String judge(Input input, SubmitTarget.Answer answer) throws ViolationException {
    JsonNode body = Answers.check(answer.http());
    int status = answer.http().getStatusCode();
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    input
        .partsUnder(Events.HEADER)
        .forEach((name, value) ->
            headers.merge(
                name,
                List.of(value),
                (one, other) -> List.of(String.join(",", one) + "," + other.getFirst())));
    List<Job> jobs = answer.world().newJobs();
    unless(jobs.size() == (isNew(answer, status) ? 1 : 0), "a 202 makes a job, others none", jobs);
    Optional<String> key = only(headers, KEY);
    if (!key.equals(Optional.of(World.API_KEY))) {
      int wanted = key.equals(Optional.of(World.SHUT_KEY)) ? 403 : 401;
      unless(status == wanted, "a wrong key is not let in", status);
      return Integer.toString(status);
    }
    if (!input.part(Events.ROUTE).equals(Optional.of(SubmitTarget.ROUTE))) {
      unless(
          status == 400 && body.path("error").asText().equals("Model not found"),
          "another model is not found",
          body);
      return "400 model";
    }
    Optional<String> idempotencyKey = only(headers, IDEMPOTENCY);
    Optional<String> webhook = only(headers, WEBHOOK);
    boolean sure =
        only(headers, TYPE).equals(Optional.of("application/json"))
            && only(headers, MODE)
                .map(mode -> mode.equals("sync") || mode.equals("terminal"))
                .orElse(true)
            && webhook.isEmpty()
            && idempotencyKey.map(one -> IDEMPOTENCY_KEY.matcher(one).matches()).orElse(true)
            && input.part(Events.BODY).equals(Optional.of(Requests.PLAIN));
    return switch (status) {
      case 202 -> {
        checkTaken(input, answer, body, headers);
        yield isNew(answer, status) ? "202" : "202 replayed";
      }
      case 400 -> {
        unless(!sure, "what is valid is taken", body);
        unless(body.has("details"), "a 400 tells each fault", body);
        yield "400";
      }
      case 422 -> {
        unless(
            idempotencyKey.equals(Optional.of(World.EARLIER_KEY)),
            "only a key that was used is refused",
            idempotencyKey);
        yield "422";
      }
      default -> throw new ViolationException("a submit has one of a few answers", "" + status);
    };
  }

  private static boolean isNew(SubmitTarget.Answer answer, int status) {
    return status == 202 && !answer.http().getHeaders().containsKey("Idempotency-Replayed");
  }

  private static void checkTaken(
      Input input, SubmitTarget.Answer answer, JsonNode body, Map<String, List<String>> headers)
      throws ViolationException {
    Optional<String> idempotencyKey = only(headers, IDEMPOTENCY);
    unless(
        idempotencyKey.map(key -> IDEMPOTENCY_KEY.matcher(key).matches()).orElse(true),
        "an Idempotency-Key is visible ASCII",
        idempotencyKey);
    if (idempotencyKey.equals(Optional.of(World.EARLIER_KEY))) {
      unless(
          body.path("request_id").asText().equals(World.EARLIER.id().value()),
          "one Idempotency-Key, one job",
          body);
      return;
    }
    Job job = SubmitTarget.checkAccepted(input, answer, body);
    URI url = job.order().webhookUrl();
    unless(
        only(headers, WEBHOOK).equals(Optional.ofNullable(url).map(URI::toString)),
        "a webhook is kept as it was sent",
        url);
    unless(
        job.order()
            .webhookMode()
            .headerValue()
            .equals(only(headers, MODE).orElse("terminal").toLowerCase(Locale.ROOT)),
        "a mode is kept as it was sent",
        job.order().webhookMode());
    if (url != null) {
      unless(
          "https".equalsIgnoreCase(url.getScheme())
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && url.getRawFragment() == null
              && List.of(-1, 443, 8443).contains(url.getPort()),
          "a webhook is https, on 443 or 8443, without user and fragment",
          url);
    }
  }

  private static Optional<String> only(Map<String, List<String>> headers, String name) {
    return Optional.ofNullable(headers.get(name)).map(List::getFirst);
  }
}
