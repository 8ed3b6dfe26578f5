package dev.pixal3d.jobs.fuzz.draw;

import dev.pixal3d.jobs.fuzz.draw.JsonText.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Bodies of submits: the 20 parameters of Pixal3D's page, as they may be and as they may not. */
public final class Requests {
  /** The longest body that is taken, in bytes. */
  public static final int LIMIT = 256 * 1024;

  /** What the page says of a parameter. */
  public enum Type {
    ADDRESS,
    SEED,
    RESOLUTION,
    TEXTURE_SIZE,
    FLOAT,
    COUNT,
    BOOLEAN
  }

  /** A parameter of the page. */
  public record Parameter(String name, Type type) {}

  /** The page's table. */
  public static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter("image_url", Type.ADDRESS),
          new Parameter("seed", Type.SEED),
          new Parameter("resolution", Type.RESOLUTION),
          new Parameter("ss_guidance_strength", Type.FLOAT),
          new Parameter("ss_guidance_rescale", Type.FLOAT),
          new Parameter("ss_sampling_steps", Type.COUNT),
          new Parameter("ss_rescale_t", Type.FLOAT),
          new Parameter("shape_slat_guidance_strength", Type.FLOAT),
          new Parameter("shape_slat_guidance_rescale", Type.FLOAT),
          new Parameter("shape_slat_sampling_steps", Type.COUNT),
          new Parameter("shape_slat_rescale_t", Type.FLOAT),
          new Parameter("tex_slat_guidance_strength", Type.FLOAT),
          new Parameter("tex_slat_guidance_rescale", Type.FLOAT),
          new Parameter("tex_slat_sampling_steps", Type.COUNT),
          new Parameter("tex_slat_rescale_t", Type.FLOAT),
          new Parameter("mesh_scale", Type.FLOAT),
          new Parameter("max_num_tokens", Type.COUNT),
          new Parameter("decimation_target", Type.COUNT),
          new Parameter("texture_size", Type.TEXTURE_SIZE),
          new Parameter("remesh", Type.BOOLEAN));

  /** A body that is taken. */
  public static final String PLAIN = "{\"image_url\":\"https://example.com/dog.png\",\"seed\":7}";

  private Requests() {}

  /** The bytes of a body. */
  public static String body(Chance chance) {
    List<Member> members = members(chance);
    for (int faults = chance.percent(55) ? 0 : chance.between(1, 3); faults > 0; faults--) {
      spoil(chance, members);
    }
    if (chance.oneIn(2)) {
      Collections.shuffle(members, new Random(chance.anyLong()));
    }
    return JsonText.body(chance, members, LIMIT);
  }

  private static List<Member> members(Chance chance) {
    var members = new ArrayList<Member>();
    int likelihood = chance.oneOf(0, 10, 50, 100);
    for (Parameter parameter : PARAMETERS) {
      if (parameter.type() == Type.ADDRESS || chance.percent(likelihood)) {
        members.add(
            new Member(JsonText.string(chance, parameter.name()), valid(chance, parameter.type())));
      }
    }
    return members;
  }

  private static String valid(Chance chance, Type type) {
    return switch (type) {
      case ADDRESS ->
          JsonText.string(
              chance,
              chance.percent(90)
                  ? "https://img" + chance.below(9) + ".example.com/a/dog.png"
                  : Addresses.any(chance));
      case SEED ->
          chance.oneOf(
              "0",
              "-0",
              "42",
              "-9223372036854775808",
              "18446744073709551615",
              Long.toString(chance.anyLong()),
              Long.toUnsignedString(chance.anyLong()));
      case RESOLUTION -> chance.oneOf("1024", "1536");
      case TEXTURE_SIZE -> chance.oneOf("1024", "2048", "4096");
      case FLOAT ->
          chance.oneOf(
              "7.5",
              "0",
              "-0.0",
              "1e308",
              "5e-324",
              "1E-400",
              "7.50",
              "75e-1",
              "3",
              "0.1",
              Double.toString(chance.anyDouble()),
              "0." + "1".repeat(chance.between(1, 98)));
      case COUNT ->
          chance.oneOf("1", "12", "2147483647", Integer.toString(chance.between(1, 1_000_000)));
      case BOOLEAN -> chance.oneOf("true", "false");
    };
  }

  private static void spoil(Chance chance, List<Member> members) {
    int at = chance.below(members.size());
    Member member = members.get(at);
    switch (chance.below(8)) {
      case 0, 1 -> members.set(at, new Member(member.name(), JsonText.value(chance, 0)));
      case 2 -> members.set(at, new Member(member.name(), JsonText.number(chance)));
      case 3 -> members.add(new Member(member.name(), valid(chance, Type.FLOAT)));
      case 4 -> members.set(at, new Member(Noise.mangled(chance, member.name()), member.value()));
      case 5 -> members.add(new Member(JsonText.string(chance, Noise.text(chance)), "1"));
      case 6 ->
          members.set(at, Member.of("image_url", JsonText.string(chance, Addresses.any(chance))));
      default -> members.set(at, new Member(member.name(), "null"));
    }
  }
}
