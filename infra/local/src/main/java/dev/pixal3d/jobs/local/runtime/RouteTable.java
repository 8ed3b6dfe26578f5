package dev.pixal3d.jobs.local.runtime;

import dev.pixal3d.jobs.embedded.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which route takes a request (API Gateway developer guide, "Create routes for HTTP APIs"): the
 * most specific one; a full match before a greedy path variable before {@code $default}.
 *
 * @param <T> what a route leads to
 */
public final class RouteTable<T> {
  private final List<Entry<T>> entries;

  private RouteTable(List<Entry<T>> entries) {
    this.entries = entries;
  }

  /** A table of these routes. */
  public static <T> RouteTable<T> of(Map<Route, T> targets) {
    return new RouteTable<>(
        targets.entrySet().stream()
            .map(target -> new Entry<>(target.getKey(), target.getValue()))
            .sorted(Entry.MOST_SPECIFIC_FIRST)
            .toList());
  }

  /**
   * The route that takes a request.
   *
   * @param rawPath the path as it was sent, percent-encoded
   */
  public Optional<Match<T>> match(String method, String rawPath) {
    List<String> segments =
        Arrays.stream(rawPath.substring(1).split("/", -1)).map(RouteTable::decoded).toList();
    for (Entry<T> entry : entries) {
      Map<String, String> parameters = entry.match(method, segments);
      if (parameters != null) {
        return Optional.of(new Match<>(entry.target, entry.routeKey(), parameters));
      }
    }
    return Optional.empty();
  }

  /** A percent-encoded path, or a part of one, in plain text. Unlike in a form, + means itself. */
  static String decoded(String rawPath) {
    return URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /**
   * A route that takes a request.
   *
   * @param target what it leads to
   * @param routeKey the route as the template has it, for example {@code GET /jobs/{id}}
   * @param pathParameters the values of its path variables, percent-decoded
   */
  public record Match<T>(T target, String routeKey, Map<String, String> pathParameters) {
    public Match {
      pathParameters = Map.copyOf(pathParameters);
    }
  }

  /** What a segment may be; the most specific has the lowest rank. */
  private enum Kind {
    STATIC('0'),
    VARIABLE('1'),
    GREEDY('2');

    private final char rank;

    Kind(char rank) {
      this.rank = rank;
    }
  }

  private record Segment(Kind kind, String text) {
    static Segment parse(String text) {
      if (text.startsWith("{") && text.endsWith("+}")) {
        return new Segment(Kind.GREEDY, text.substring(1, text.length() - 2));
      }
      if (text.startsWith("{") && text.endsWith("}")) {
        return new Segment(Kind.VARIABLE, text.substring(1, text.length() - 1));
      }
      return new Segment(Kind.STATIC, text);
    }
  }

  private record Entry<T>(Route route, T target, List<Segment> segments) {
    private static final Comparator<Entry<?>> MOST_SPECIFIC_FIRST =
        Comparator.<Entry<?>, Boolean>comparing(Entry::isDefault)
            .thenComparing(Entry::isGreedy)
            .thenComparing(Entry::ranks)
            .thenComparing(Entry::takesAnyMethod);

    Entry(Route route, T target) {
      this(
          route,
          target,
          route.path().startsWith("/")
              ? Arrays.stream(route.path().substring(1).split("/", -1)).map(Segment::parse).toList()
              : List.of());
    }

    boolean isDefault() {
      return route.path().equals("$default");
    }

    boolean isGreedy() {
      return !segments.isEmpty() && segments.getLast().kind == Kind.GREEDY;
    }

    boolean takesAnyMethod() {
      return route.method().equals("ANY");
    }

    /** One digit a segment, so that of two routes the more specific one comes first as text. */
    String ranks() {
      return segments.stream()
          .map(segment -> String.valueOf(segment.kind.rank))
          .collect(Collectors.joining());
    }

    String routeKey() {
      return isDefault() ? route.path() : route.method() + " " + route.path();
    }

    /** The path variables' values, or null if this route does not take the request. */
    @Nullable Map<String, String> match(String method, List<String> path) {
      if (isDefault()) {
        return Map.of();
      }
      if (!takesAnyMethod() && !route.method().equals(method)) {
        return null;
      }
      if (isGreedy() ? path.size() < segments.size() : path.size() != segments.size()) {
        return null;
      }
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        Segment segment = segments.get(i);
        String value =
            segment.kind == Kind.GREEDY
                ? String.join("/", path.subList(i, path.size()))
                : path.get(i);
        boolean matches =
            segment.kind == Kind.STATIC ? value.equals(segment.text) : !value.isEmpty();
        if (!matches) {
          return null;
        }
        if (segment.kind != Kind.STATIC) {
          variables.put(segment.text, value);
        }
      }
      return variables;
    }
  }
}
