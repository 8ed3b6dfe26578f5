package dev.pixal3d.jobs.bench.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Map;

/** Requests to a server on this machine that take as little of the processors as they can. */
final class HttpNearby {
  private HttpNearby() {}

  /** An answer that was read to its end, so that the connection is used again. */
  record Answer(int status, String body) {}

  static Answer get(URI url, Map<String, String> headers) throws IOException {
    return answer(open(url, headers));
  }

  static Answer post(URI url, Map<String, String> headers, String json) throws IOException {
    HttpURLConnection connection = open(url, headers);
    byte[] body = json.getBytes(UTF_8);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setFixedLengthStreamingMode(body.length);
    connection.getOutputStream().write(body);
    return answer(connection);
  }

  private static HttpURLConnection open(URI url, Map<String, String> headers) throws IOException {
    var connection = (HttpURLConnection) url.toURL().openConnection();
    headers.forEach(connection::setRequestProperty);
    return connection;
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    try (InputStream body =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Answer(status, body == null ? "" : new String(body.readAllBytes(), UTF_8));
    }
  }
}
