package dev.pixal3d.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** A client as the page's samples have it. */
record GatewayClient(URI base, String key) {
  static final String KEY = "the-key";
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static GatewayClient of(Pixal3dSimulator simulator) {
    return new GatewayClient(simulator.baseUri(), KEY);
  }

  Answer submit(Map<String, ?> request, String... headers) {
    return submit(new String(Json.bytes(request), StandardCharsets.UTF_8), headers);
  }

  Answer submit(String body, String... headers) {
    HttpRequest.Builder builder =
        request("/pixal3d/v1/pixal3d-request")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      builder.headers(headers);
    }
    return send(builder);
  }

  Answer status(String requestId) {
    return get("/v2/requests/status/" + requestId);
  }

  Answer get(String path) {
    return send(request(path));
  }

  Answer patchSettings(String body) {
    return send(request("/simulator/settings").method("PATCH", BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(Duration.ofSeconds(20))
        .header("Ocp-Apim-Subscription-Key", key);
  }

  private static Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What came back. */
  record Answer(HttpResponse<byte[]> response) {
    int code() {
      return response.statusCode();
    }

    byte[] bytes() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return Json.MAPPER.readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String text(String member) {
      return json().path(member).asText();
    }
  }
}
