package dev.pixal3d.jobs.local.runtime;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The description of the API, and a page to read it on. They belong to this machine's front, not to
 * the system: the template has no routes for them.
 *
 * <p>The viewer is Swagger UI, out of its WebJar. The browser is told to load nothing from
 * elsewhere (W3C, Content Security Policy Level 3).
 */
public final class ApiDocs {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String PNG = "image/png";

  /** RFC 9512. */
  private static final String YAML = "application/yaml";

  private static final List<Map.Entry<String, String>> SAFETY =
      List.of(
          Map.entry(
              "content-security-policy",
              "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                  + " img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                  + " form-action 'none'; frame-ancestors 'none'"),
          Map.entry("x-content-type-options", "nosniff"),
          Map.entry("cache-control", "no-cache"));

  /** All there is, by its path; so no path leads anywhere else. */
  private final Map<String, Content> contents;

  private ApiDocs(Path openApi) {
    this.contents =
        Map.of(
            "/openapi.yaml",
            new Content(YAML, () -> Files.readAllBytes(openApi)),
            "/docs",
            new Content(HTML, () -> resource("/docs/index.html")),
            "/docs/page.js",
            new Content(JAVASCRIPT, () -> resource("/docs/page.js")),
            "/docs/swagger-ui-bundle.js",
            ofViewer(JAVASCRIPT, "swagger-ui-bundle.js"),
            "/docs/swagger-ui.css",
            ofViewer(CSS, "swagger-ui.css"),
            "/docs/favicon-32x32.png",
            ofViewer(PNG, "favicon-32x32.png"));
  }

  /**
   * Serves this description; it is read anew each time.
   *
   * @param openApi an OpenAPI file in YAML
   */
  public static ApiDocs of(Path openApi) {
    return new ApiDocs(openApi);
  }

  /**
   * What is at a path, if anything.
   *
   * @param rawPath the path as it was sent, percent-encoded
   * @throws IOException if it cannot be read
   */
  Optional<HttpAnswer> find(String method, String rawPath) throws IOException {
    Content content = contents.get(rawPath);
    if (content == null || !(method.equals("GET") || method.equals("HEAD"))) {
      return Optional.empty();
    }
    return Optional.of(HttpAnswer.content(content.type, SAFETY, content.source.read()));
  }

  private record Content(String type, Source source) {}

  private interface Source {
    byte[] read() throws IOException;
  }

  /** A WebJar has its version in its paths (webjars.org, "Documentation"). */
  private static Content ofViewer(String type, String file) {
    return new Content(
        type,
        () -> {
          Properties pom = new Properties();
          try (InputStream stream = open("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            pom.load(stream);
          }
          return resource(
              "/META-INF/resources/webjars/swagger-ui/%s/%s"
                  .formatted(pom.getProperty("version"), file));
        });
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = open(name)) {
      return stream.readAllBytes();
    }
  }

  private static InputStream open(String name) throws IOException {
    InputStream stream = ApiDocs.class.getResourceAsStream(name);
    if (stream == null) {
      throw new FileNotFoundException("Not on the class path: " + name);
    }
    return stream;
  }
}
