package dev.pixal3d.jobs.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A place in the template and what stands there. Whatever is asked of it, intrinsic functions are
 * evaluated first; what is not as expected is told with the place.
 *
 * @param path the file and the way to this place
 * @param raw what stands there: a map, a list, a scalar, or null
 * @param intrinsics evaluates what is not a plain value
 */
record Section(String path, @Nullable Object raw, Intrinsics intrinsics) {

  /** The value as text; numbers and booleans as they are written. */
  String text() {
    return switch (resolved()) {
      case String text -> text;
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case null, default -> throw wrong("a text is expected");
    };
  }

  int integer() {
    String text = text();
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new TemplateException(path + ": a whole number is expected, not " + text, e);
    }
  }

  boolean flag() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      case String other -> throw wrong("true or false is expected, not " + other);
    };
  }

  List<Section> items() {
    if (!(resolved() instanceof List<?> list)) {
      throw wrong("a list is expected");
    }
    return IntStream.range(0, list.size())
        .mapToObj(i -> at("[" + i + "]", list.get(i)))
        .filter(Section::isPresent)
        .toList();
  }

  Map<String, Section> members() {
    if (!(resolved() instanceof Map<?, ?> map)) {
      throw wrong("a mapping is expected");
    }
    Map<String, Section> members = new LinkedHashMap<>();
    map.forEach((key, value) -> {
      Section member = at("." + key, value);
      if (member.isPresent()) {
        members.put(String.valueOf(key), member);
      }
    });
    return members;
  }

  Section get(String name) {
    return find(name).orElseThrow(() -> wrong(name + " is missing"));
  }

  Optional<Section> find(String name) {
    return Optional.ofNullable(members().get(name));
  }

  /**
   * Makes sure that nothing stands here which would silently be lost.
   *
   * @param understood what the caller reads
   * @param passedOver what has no meaning outside AWS
   */
  void allowOnly(Set<String> understood, Set<String> passedOver) {
    for (String name : members().keySet()) {
      if (!understood.contains(name) && !passedOver.contains(name)) {
        throw wrong(name + " is not understood; understood are " + new TreeSet<>(understood));
      }
    }
  }

  /** A place below this one. */
  Section at(String step, @Nullable Object value) {
    return new Section(path + step, value, intrinsics);
  }

  TemplateException wrong(String what) {
    return new TemplateException(path + ": " + what);
  }

  /**
   * Only what may turn out to be {@code AWS::NoValue} is evaluated: the rest may never be asked.
   */
  private boolean isPresent() {
    boolean mayBeAbsent =
        raw instanceof Map<?, ?> map
            && (map.containsKey("Fn::If") || map.containsValue("AWS::NoValue"));
    return !(mayBeAbsent && resolved() instanceof Intrinsics.NoValue);
  }

  private @Nullable Object resolved() {
    return intrinsics.resolve(this);
  }
}
