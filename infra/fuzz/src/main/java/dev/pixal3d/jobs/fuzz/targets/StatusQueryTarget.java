package dev.pixal3d.jobs.fuzz.targets;

import static dev.pixal3d.jobs.fuzz.targets.ViolationException.unless;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.control.ControlHandler;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.webhook.WebhookSender;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Addresses;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.JsonText;
import dev.pixal3d.jobs.fuzz.draw.JsonText.Member;
import dev.pixal3d.jobs.fuzz.draw.Noise;
import dev.pixal3d.jobs.status.StatusHandler;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What else clients ask: status, timeline, list, cancel, replay, webhook test; and no route. */
public final class StatusQueryTarget implements Target<StatusQueryTarget.Answer> {
  private static final String ID = Events.PATH + "request_id";
  private static final String STATUS = "GET /v2/requests/status/{request_id}";
  private static final String TIMELINE = "GET /v2/requests/{request_id}/timeline";
  private static final String LIST = "GET /v2/requests";
  private static final String CANCEL = "POST /v2/requests/{request_id}/cancel";
  private static final String REPLAY = "POST /v2/requests/{request_id}/webhook/replay";
  private static final String TEST = "POST /v2/webhooks/test";
  private static final String NONE = "$default";
  private static final int TEST_LIMIT = 8 * 1024;
  private static final Set<String> PARAMETERS = Set.of("status", "limit", "cursor");
  private static final Set<String> CONTROL = Set.of(CANCEL, REPLAY, TEST);

  @Override
  public String name() {
    return "status-query";
  }

  @Override
  public Input draw(Chance chance) {
    String route =
        chance.oneOf(STATUS, STATUS, TIMELINE, LIST, LIST, CANCEL, REPLAY, TEST, TEST, NONE);
    Input input =
        Input.empty()
            .with(Events.ROUTE, route)
            .with(
                Events.HEADER + "ocp-apim-subscription-key",
                chance.oneIn(50) ? Noise.text(chance) : World.API_KEY);
    if (route.contains("{request_id}")) {
      input = input.with(ID, id(chance));
    }
    if (chance.oneIn(3)) {
      input = input.with(Events.HEADER + "if-none-match", tag(chance));
    }
    if (route.equals(LIST)) {
      for (int more = chance.below(4); more > 0; more--) {
        input = parameter(chance, input);
      }
    }
    if (route.equals(TEST)) {
      input = input.with(Events.BODY, testBody(chance));
      if (chance.oneIn(4)) {
        input = input.with(Events.BASE64, "yes");
      }
    }
    return input;
  }

  private static String id(Chance chance) {
    String known = chance.oneOf(World.JOBS).id().value();
    return switch (chance.below(6)) {
      case 0 -> Noise.text(chance);
      case 1 -> Noise.mangled(chance, known);
      case 2 ->
          chance.oneOf(
              known.toUpperCase(Locale.ROOT),
              known + " ",
              known + "\n",
              "client#acme",
              "key#" + "0".repeat(64),
              "gate#dispatch",
              "pixal3d_" + "\u0661".repeat(36));
      default -> known;
    };
  }

  private static String tag(Chance chance) {
    return switch (chance.below(4)) {
      case 0 -> Noise.text(chance);
      case 1 -> chance.oneOf("*", " * ", "W/*", "\"\"", ",", "W/", "W/\"x\",\"y\"", "\"");
      case 2 -> "\"x\",".repeat(chance.between(1, 3_000));
      default -> Noise.mangled(chance, "W/\"Ks1Yx0mC0v0y1z2A\", \"abc\"");
    };
  }

  private static Input parameter(Chance chance, Input input) {
    String name =
        chance.oneIn(8) ? Noise.text(chance) : chance.oneOf("status", "limit", "cursor", "Limit");
    return input.with(
        Events.QUERY + name,
        switch (chance.below(8)) {
          case 0 -> Noise.text(chance);
          case 1 -> JsonText.number(chance);
          case 2 -> chance.oneOf("1", "20", "100", "101", "0", "007", "\u0661", "1,2", "+5");
          case 3 -> chance.oneOf("COMPLETED", "completed", "CANCELLED", "QUEUED,FAILED", "QUEUED");
          case 4 -> cursor(chance.oneOf(World.JOBS).id().value());
          case 5 -> cursor(Noise.mangled(chance, World.TAKEN.id().value()));
          case 6 -> Noise.mangled(chance, cursor(World.TAKEN.id().value()));
          default -> "COMPLETED";
        });
  }

  private static String cursor(String id) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String testBody(Chance chance) {
    var members = new ArrayList<Member>();
    members.add(
        Member.of(
            "url",
            JsonText.string(
                chance, chance.percent(50) ? Addresses.plain(chance) : Addresses.any(chance))));
    if (chance.oneIn(5)) {
      members.add(
          new Member(JsonText.string(chance, Noise.text(chance)), JsonText.value(chance, 0)));
    }
    if (chance.oneIn(8)) {
      members.set(0, Member.of("url", JsonText.value(chance, 0)));
    }
    return JsonText.body(chance, members, TEST_LIMIT);
  }

  /**
   * What came of a question.
   *
   * @param told where a webhook was tried
   */
  record Answer(APIGatewayV2HTTPResponse http, World world, List<URI> told) {}

  @Override
  public Answer send(Input input) {
    Receiver receiver = new Receiver(new ArrayList<>());
    World world = new World().with(WebhookSender.class, receiver);
    APIGatewayV2HTTPEvent event = Events.http(input);
    APIGatewayV2HTTPResponse answer =
        CONTROL.contains(event.getRouteKey())
            ? new ControlHandler(world.application()).handleRequest(event, Invocation.CONTEXT)
            : new StatusHandler(world.application()).handleRequest(event, Invocation.CONTEXT);
    return new Answer(answer, world, receiver.told());
  }

  @Override
  public String judge(Input input, Answer answer) throws ViolationException {
    String route = input.part(Events.ROUTE).orElse(NONE);
    JsonNode body = Answers.check(answer.http());
    int status = answer.http().getStatusCode();
    for (Job before : World.JOBS) {
      Answers.checkJob(before, answer.world().job(before.id()), World.token(before.id()));
    }
    unless(
        answer.world().job(World.FOREIGN.id()).equals(World.FOREIGN),
        "nobody changes another client's job",
        body);
    if (route.equals(NONE)) {
      unless(status == 404, "there is nothing elsewhere", status);
      return "404 route";
    }
    boolean isClient =
        input.part(Events.HEADER + "ocp-apim-subscription-key").equals(Optional.of(World.API_KEY));
    unless(isClient == (status != 401), "a wrong key is not let in", status);
    if (!isClient) {
      return "401";
    }
    switch (route) {
      case LIST -> checkList(input, status, body);
      case TEST -> checkTest(answer, status);
      default -> {
        boolean isOurs =
            Stream.concat(World.JOBS.stream(), Stream.of(World.EARLIER))
                .filter(job -> job.client().equals(World.CLIENT))
                .anyMatch(job -> input.part(ID).equals(Optional.of(job.id().value())));
        unless(isOurs == (status != 404), "a client finds its own jobs, and no others", body);
        if (status == 200) {
          unless(
              body.path("request_id").asText().equals(input.part(ID).orElse("")),
              "a job is the one that was asked for",
              body);
        }
      }
    }
    return status + route.replaceAll("[A-Z]+ /v2/|\\{request_id}", " ").replaceAll("[ /]+", " ");
  }

  private static void checkList(Input input, int status, JsonNode body) throws ViolationException {
    Map<String, String> query = input.partsUnder(Events.QUERY);
    if (status == 400) {
      unless(!query.isEmpty(), "what is valid is answered", body);
      return;
    }
    unless(status == 200, "a list is given, or told what is wrong", status);
    unless(PARAMETERS.containsAll(query.keySet()), "unknown parameters are refused", query);
    String limit = query.getOrDefault("limit", "20");
    unless(
        limit.matches("0*([1-9][0-9]?|100)")
            && body.path("requests").size() <= Integer.parseInt(limit),
        "a limit is 1 to 100, and kept",
        limit);
    for (JsonNode job : body.path("requests")) {
      unless(
          !job.path("request_id").asText().equals(World.FOREIGN.id().value()),
          "nobody sees another client's job",
          body);
      unless(
          !query.containsKey("status") || job.path("status").asText().equals(query.get("status")),
          "only the jobs of that status are listed",
          body);
    }
  }

  private static void checkTest(Answer answer, int status) throws ViolationException {
    unless(status == 200 || status == 400, "a webhook is tried, or told what is wrong", status);
    unless(answer.told().size() == (status == 200 ? 1 : 0), "a webhook is tried once", status);
    for (URI url : answer.told()) {
      unless(
          "https".equalsIgnoreCase(url.getScheme())
              && url.getHost() != null
              && url.getRawUserInfo() == null
              && List.of(-1, 443, 8443).contains(url.getPort()),
          "a webhook is https, on 443 or 8443, without user",
          url);
    }
  }

  /** All clients' servers. */
  private record Receiver(List<URI> told) implements WebhookSender {
    @Override
    public Receipt send(Message message) {
      told.add(message.url());
      return new Receipt(World.NOW, Duration.ofMillis(20), 204, null, null, "1", "v1,x");
    }
  }
}
