package dev.pixal3d.jobs.lambda;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StandInTest {
  private static final String ANSWER = "{\"status\": \"COMPLETED\"}";

  private final StandIn standIn = StandIn.open(ANSWER, Duration.ofMillis(100));

  @AfterEach
  void close() {
    standIn.close();
  }

  @Test
  void answers_every_request_the_same() throws IOException {
    assertThat(answer("GET /one HTTP/1.1\r\n\r\n")).endsWith(ANSWER);
    assertThat(answer("POST /two HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}")).endsWith(ANSWER);
  }

  @Test
  void answers_also_after_a_request_that_is_none() throws IOException {
    assertThat(answer("POST / HTTP/1.1\r\nContent-Length: many\r\n\r\n")).isEmpty();
    assertThat(answer("GET / HTTP/1.1\r\n\r\n")).endsWith(ANSWER);
  }

  @Test
  void answers_also_while_somebody_says_nothing() throws IOException {
    try (Socket _ = connect()) {
      assertThat(answer("GET / HTTP/1.1\r\n\r\n")).endsWith(ANSWER);
    }
  }

  private String answer(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private Socket connect() throws IOException {
    URI url = standIn.url();
    return new Socket(InetAddress.ofLiteral(url.getHost()), url.getPort());
  }
}
