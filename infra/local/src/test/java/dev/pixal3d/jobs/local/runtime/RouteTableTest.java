package dev.pixal3d.jobs.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.embedded.Route;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes are those of the developer guide's own example, and some more. */
class RouteTableTest {
  private final RouteTable<Route> table =
      table(
          "$default",
          "ANY /{proxy+}",
          "GET /pets/{proxy+}",
          "GET /pets/dog/{id}",
          "GET /pets/dog/1",
          "ANY /pets/dog/{id}",
          "PUT /{a}/{b}");

  @ParameterizedTest
  @CsvSource({
    "GET, /pets/dog/1, GET /pets/dog/1",
    "GET, /pets/dog/2, GET /pets/dog/{id}",
    "POST, /pets/dog/2, ANY /pets/dog/{id}",
    "GET, /pets/cat/1, GET /pets/{proxy+}",
    "POST, /test/5, ANY /{proxy+}",
    "PUT, /pets/5, PUT /{a}/{b}",
    "GET, /pets/dog/2/, GET /pets/{proxy+}",
    "GET, /, $default",
  })
  void the_most_specific_route_takes_the_request(String method, String path, String routeKey) {
    assertThat(table.match(method, path).map(RouteTable.Match::routeKey)).contains(routeKey);
  }

  @Test
  void without_a_default_route_some_requests_are_taken_by_none() {
    RouteTable<Route> small = table("GET /a");

    assertThat(Stream.of("/b", "/a/", "/a/b", "/").map(path -> small.match("GET", path)))
        .containsOnly(Optional.empty());
    assertThat(small.match("POST", "/a")).isEmpty();
  }

  @Test
  void path_variables_come_percent_decoded_and_a_plus_stays_a_plus() {
    assertThat(parameters("GET", "/pets/dog/a%20b%2Fc+%C3%A4")).isEqualTo(Map.of("id", "a b/c+ä"));
  }

  @Test
  void a_greedy_variable_takes_all_the_rest() {
    assertThat(parameters("GET", "/pets/a/b%20c/d")).isEqualTo(Map.of("proxy", "a/b c/d"));
  }

  private Map<String, String> parameters(String method, String path) {
    return table.match(method, path).orElseThrow().pathParameters();
  }

  private static RouteTable<Route> table(String... routes) {
    return RouteTable.of(
        Stream.of(routes)
            .map(route -> route.split(" ", 2))
            .map(words ->
                words.length == 1 ? new Route("ANY", words[0]) : new Route(words[0], words[1]))
            .collect(Collectors.toMap(Function.identity(), Function.identity())));
  }
}
