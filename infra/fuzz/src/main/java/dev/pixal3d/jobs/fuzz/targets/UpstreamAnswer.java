package dev.pixal3d.jobs.fuzz.targets;

import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.fuzz.Input;
import dev.pixal3d.jobs.fuzz.draw.Chance;
import dev.pixal3d.jobs.fuzz.draw.Noise;
import java.net.http.HttpClient;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Pixal3D's answer as parts of an input: status, headers, body, and where it is cut. */
final class UpstreamAnswer {
  static final String STATUS = "status";
  private static final String CUT = "cut";

  private UpstreamAnswer() {}

  /** Draws all but the body. */
  static Input draw(Chance chance, int usual) {
    int status =
        switch (chance.below(10)) {
          case 0 -> chance.between(200, 999);
          case 1, 2 ->
              chance.oneOf(
                  200, 201, 202, 204, 206, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 408,
                  409, 410, 413, 422, 425, 429, 500, 501, 502, 503, 504);
          default -> usual;
        };
    Input input =
        Input.empty()
            .with(STATUS, Integer.toString(status))
            .with(Events.HEADER + "Content-Type", "application/json");
    if (chance.oneIn(3)) {
      input = input.with(Events.HEADER + "Retry-After", retryAfter(chance));
    }
    if (chance.oneIn(20)) {
      input = input.with(CUT, chance.oneOf(HearsayClient.Cut.values()).name());
    }
    return input;
  }

  static String retryAfter(Chance chance) {
    return switch (chance.below(8)) {
      case 0 -> Noise.text(chance);
      case 1 -> Noise.mangled(chance, "Fri, 22 May 2026 13:20:00 GMT");
      case 2 -> "9".repeat(chance.between(1, 400));
      case 3 ->
          chance.oneOf(
              "-1",
              "0",
              "1.5",
              "0x10",
              "\u0661\u0662",
              "Fri, 22 May 2026 13:20:00 GMT",
              "Thu, 22 May 2026 13:20:00 GMT",
              "Friday, 22-May-26 13:20:00 GMT",
              "Fri May 22 13:20:00 2026",
              "Fri, 31 Dec 9999 23:59:59 GMT",
              "Sat, 1 Jan 0000 00:00:00 GMT",
              "Fri, 22 May 999999999 13:20:00 GMT",
              "Fri, 22 May 2026 13:20:00 +9999",
              "  30  ",
              "30, 60");
      default -> Integer.toString(chance.below(100_000));
    };
  }

  /** A client that hears the answer. */
  static HearsayClient client(Input input) {
    var headers = new HashMap<String, List<String>>();
    input
        .partsUnder(Events.HEADER)
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new HearsayClient(
        new HearsayClient.Heard(
            status(input), Map.copyOf(headers), input.bytes(Events.BODY), cut(input)));
  }

  static int status(Input input) {
    return input.part(STATUS).filter(s -> s.matches("[0-9]{1,4}")).map(Integer::parseInt).orElse(0);
  }

  static HearsayClient.Cut cut(Input input) {
    return input.part(CUT).map(HearsayClient.Cut::valueOf).orElse(HearsayClient.Cut.NOT);
  }

  /** A world in which Pixal3D gives this answer, over plain http as there is no other side. */
  static World world(HearsayClient client) {
    return new World()
        .with(HttpClient.Builder.class, client.builder())
        .with(Setting.ALLOW_LOOPBACK, "true")
        .with(Setting.PIXAL3D_BASE_URL, "http://127.0.0.1:9");
  }
}
