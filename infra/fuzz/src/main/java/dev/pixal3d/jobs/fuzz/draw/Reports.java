package dev.pixal3d.jobs.fuzz.draw;

import dev.pixal3d.jobs.fuzz.draw.JsonText.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What Pixal3D says of a job, as its page shows it and otherwise. */
public final class Reports {
  private static final List<String> STATES =
      List.of("QUEUED", "PROCESSING", "COMPLETED", "COMPLETED", "COMPLETED", "FAILED", "ERROR");

  private Reports() {}

  /**
   * The bytes of a report.
   *
   * @param upstreamId whom it is to be about
   * @param secrets what Pixal3D was told and might repeat
   * @param limit how many bytes are taken
   */
  public static String body(Chance chance, String upstreamId, List<String> secrets, int limit) {
    List<Member> members = members(chance, upstreamId, secrets);
    for (int faults = chance.percent(65) ? 0 : chance.between(1, 3); faults > 0; faults--) {
      spoil(chance, members);
    }
    if (chance.oneIn(4)) {
      Collections.shuffle(members, new Random(chance.anyLong()));
    }
    return JsonText.body(chance, members, limit);
  }

  private static List<Member> members(Chance chance, String upstreamId, List<String> secrets) {
    String status = chance.oneOf(STATES);
    var members = new ArrayList<Member>();
    members.add(
        Member.of(
            "request_id",
            JsonText.string(chance, chance.percent(95) ? upstreamId : Noise.text(chance))));
    members.add(
        Member.of(
            "status",
            JsonText.string(chance, chance.percent(97) ? status : Noise.mangled(chance, status))));
    members.add(Member.of("model_id", "\"pixal3d\""));
    members.add(Member.of("error", error(chance, status, secrets)));
    members.add(
        Member.of(
            "output", chance.percent(5) ? JsonText.value(chance, 0) : output(chance, status)));
    members.add(Member.of("created_at", timestamp(chance)));
    members.add(Member.of("updated_at", timestamp(chance)));
    members.add(Member.of("completed_at", timestamp(chance)));
    return members;
  }

  private static String error(Chance chance, String status, List<String> secrets) {
    if (status.equals("FAILED") || status.equals("ERROR") || chance.oneIn(10)) {
      return words(chance, secrets);
    }
    return "null";
  }

  /** What went wrong, in words of any kind; some repeat what Pixal3D was told. */
  public static String words(Chance chance, List<String> secrets) {
    return switch (chance.below(6)) {
      case 0 -> JsonText.value(chance, 0);
      case 1 -> JsonText.string(chance, Noise.text(chance));
      case 2 ->
          secrets.isEmpty()
              ? "\"\""
              : JsonText.string(
                  chance,
                  Noise.filled(chance, chance.below(600))
                      + chance.oneOf(secrets)
                      + Noise.text(chance));
      case 3 -> JsonText.string(chance, "\ud83d\ude00".repeat(chance.between(70, 600)));
      case 4 ->
          JsonText.string(chance, "x".repeat(chance.between(140, 170)) + "\ud83d\ude00".repeat(50));
      default -> "\"CUDA out of memory\"";
    };
  }

  private static String output(Chance chance, String status) {
    if (!status.equals("COMPLETED") && !chance.oneIn(10)) {
      return "null";
    }
    var members = new ArrayList<Member>();
    members.add(Member.of("media_url", media(chance)));
    members.add(
        Member.of(
            "media_type",
            chance.percent(85) ? "\"model/glb\"" : JsonText.string(chance, Noise.text(chance))));
    return JsonText.object(chance, members);
  }

  private static String media(Chance chance) {
    return switch (chance.below(10)) {
      case 0 -> url(chance);
      case 1 -> "[]";
      case 2 -> "[" + (url(chance) + ",").repeat(chance.below(20)) + url(chance) + "]";
      case 3 -> "null";
      case 4 -> JsonText.value(chance, 0);
      default -> "[" + url(chance) + "]";
    };
  }

  private static String url(Chance chance) {
    return JsonText.string(
        chance,
        switch (chance.below(8)) {
          case 0 -> Addresses.any(chance).replace(Addresses.CREDENTIAL, "x");
          case 1 -> Noise.mangled(chance, "https://pub-582b.r2.dev/v1/output.glb");
          case 2 -> "https://pub.r2.dev/" + Noise.text(chance);
          case 3 ->
              chance.oneOf(
                  "https://pub.r2.dev.evil.com/x.glb",
                  "https://evil.com/.r2.dev",
                  "https://evilr2.dev/x",
                  "https://r2.dev/x",
                  "https://PUB.R2.DEV/x.glb",
                  "http://pub.r2.dev/x.glb",
                  "https://evil.com#.r2.dev",
                  "https://evil.com\\.r2.dev/",
                  "https://u@pub.r2.dev/",
                  "https://evil.com?.r2.dev",
                  "https://pub.r2.dev:8443/x.glb",
                  "https://x.pixazo.ai/y");
          default -> "https://pub-582b.r2.dev/v1/output.glb";
        });
  }

  private static String timestamp(Chance chance) {
    return switch (chance.below(8)) {
      case 0 -> "null";
      case 1 -> JsonText.value(chance, 0);
      case 2 ->
          JsonText.string(
              chance,
              chance.oneOf(
                  "2026-02-30T00:00:00Z",
                  "9999-12-31T23:59:59.999999999Z",
                  "0000-01-01T00:00:00Z",
                  "-0001-01-01T00:00:00Z",
                  "10000-01-01T00:00:00Z",
                  "2026-05-22T24:00:00Z",
                  "2026-05-22T13:17:60Z",
                  "2026-05-22T13:17:32+18:00",
                  "2026-05-22T13:17:32+19:00",
                  "2026-05-22T13:17",
                  "2026-05-22",
                  "1779455852",
                  "2026-05-22  13:19:23"));
      case 3 -> JsonText.string(chance, Noise.mangled(chance, "2026-05-22T13:17:32.110Z"));
      case 4 -> "\"2026-05-22 13:19:23\"";
      default -> "\"2026-05-22T13:17:32.110Z\"";
    };
  }

  private static void spoil(Chance chance, List<Member> members) {
    int at = chance.below(members.size());
    Member member = members.get(at);
    switch (chance.below(6)) {
      case 0 -> members.set(at, new Member(member.name(), JsonText.value(chance, 0)));
      case 1 -> members.remove(at);
      case 2 -> members.add(new Member(member.name(), JsonText.value(chance, 0)));
      case 3 -> members.set(at, new Member(Noise.mangled(chance, member.name()), member.value()));
      case 4 ->
          members.add(
              new Member(JsonText.string(chance, Noise.text(chance)), JsonText.value(chance, 0)));
      default -> members.set(at, new Member(member.name(), "null"));
    }
    if (members.isEmpty()) {
      members.add(Member.of("status", "\"QUEUED\""));
    }
  }
}
