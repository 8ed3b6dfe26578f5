package dev.pixal3d.jobs.local.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiDocsTest {
  private static final Path OPENAPI = Path.of("../openapi.yaml");
  private static final Pattern LOADED = Pattern.compile("(?:src|href|url)(?:=|: )\"([^\"]*)\"");
  private static final HttpClient http = HttpClient.newHttpClient();
  private static HttpFront front;

  @BeforeAll
  static void open() throws IOException {
    front = HttpFront.bind(0);
    front.open(RouteTable.of(Map.of()), ApiDocs.of(OPENAPI));
  }

  @AfterAll
  static void close() {
    front.close();
  }

  @Test
  void the_description_is_served_as_it_is() throws Exception {
    HttpResponse<byte[]> answer = send("GET", "/openapi.yaml");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(type(answer)).isEqualTo("application/yaml");
    assertThat(answer.body()).isEqualTo(Files.readAllBytes(OPENAPI));
  }

  @Test
  void there_is_a_page_to_read_it_on() throws Exception {
    HttpResponse<byte[]> answer = send("GET", "/docs");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(type(answer)).isEqualTo("text/html; charset=utf-8");
    assertThat(text(answer)).contains("id=\"swagger-ui\"");
    assertThat(text(send("GET", "/docs/page.js")))
        .contains("url: \"/openapi.yaml\"", "dom_id: \"#swagger-ui\"");
  }

  @Test
  void all_that_the_page_loads_is_served_here() throws Exception {
    List<String> loaded = loaded();

    assertThat(loaded)
        .containsExactlyInAnyOrder(
            "/docs/favicon-32x32.png",
            "/docs/swagger-ui.css",
            "/docs/swagger-ui-bundle.js",
            "/docs/page.js",
            "/openapi.yaml");
    for (String path : loaded) {
      assertThat(send("GET", path).statusCode()).as(path).isEqualTo(200);
    }
  }

  /** What is linked, and what the page's own script asks for. */
  private static List<String> loaded() throws Exception {
    String sources = text(send("GET", "/docs")) + text(send("GET", "/docs/page.js"));
    return LOADED
        .matcher(sources)
        .results()
        .map((MatchResult found) -> found.group(1))
        .distinct()
        .toList();
  }

  @Test
  void the_browser_may_load_nothing_from_elsewhere() throws Exception {
    assertThat(send("GET", "/docs").headers().firstValue("content-security-policy"))
        .get()
        .asString()
        .startsWith("default-src 'none'; ")
        .doesNotContain("http", "*", "'unsafe-eval'");
    assertThat(text(send("GET", "/docs/page.js"))).contains("validatorUrl: null");
    assertThat(text(send("GET", "/docs/swagger-ui.css")))
        .doesNotContain("@import", "url(http", "url(//");
  }

  @ParameterizedTest
  @CsvSource({
    "/docs/swagger-ui-bundle.js, text/javascript; charset=utf-8, SwaggerUIBundle",
    "/docs/page.js, text/javascript; charset=utf-8, SwaggerUIBundle",
    "/docs/swagger-ui.css, text/css; charset=utf-8, .swagger-ui",
    "/docs/favicon-32x32.png, image/png, PNG",
  })
  void a_file_has_its_type(String path, String type, String part) throws Exception {
    HttpResponse<byte[]> answer = send("GET", path);

    assertThat(type(answer)).isEqualTo(type);
    assertThat(text(answer)).contains(part);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/docs", "/openapi.yaml", "/docs/swagger-ui.css"})
  void head_tells_the_length_and_sends_nothing(String path) throws Exception {
    HttpResponse<byte[]> answer = send("HEAD", path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("content-length"))
        .hasValue(send("GET", path).body().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
  void other_methods_find_nothing(String method) throws Exception {
    assertThat(send(method, "/docs").statusCode()).isEqualTo(404);
    assertThat(send(method, "/openapi.yaml").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/",
        "/docs/index.html",
        "/docs/swagger-ui.js",
        "/docs/../template.yaml",
        "/docs/../../openapi.yaml",
        "/docs/%2e%2e/template.yaml",
        "/docs/..%2ftemplate.yaml",
        "/docs/..%5ctemplate.yaml",
        "/docs//etc/passwd",
        "/docs/%2fetc%2fpasswd",
        "/docs/page.js%00.png",
        "/openapi.yaml/",
        "/template.yaml",
        "/META-INF/MANIFEST.MF",
      })
  void no_path_leads_to_another_file(String path) throws Exception {
    assertThat(send("GET", path).statusCode()).isEqualTo(404);
  }

  private static HttpResponse<byte[]> send(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + front.port() + path);
    return http.send(
        HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofByteArray());
  }

  private static String type(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("content-type").orElse("none");
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), UTF_8);
  }
}
