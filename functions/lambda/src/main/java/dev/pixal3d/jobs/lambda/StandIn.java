package dev.pixal3d.jobs.lambda;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in for Pixal3D and for clients' servers during a rehearsal, on loopback: answers every
 * request the same, with HTTP 200.
 */
final class StandIn implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StandIn.class);

  /** The callers are in the same process: who is silent for so long has nothing to say. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

  private final ServerSocket door;
  private final Duration longestSilence;
  private final String answer;

  private StandIn(ServerSocket door, Duration longestSilence, String json) {
    this.door = door;
    this.longestSilence = longestSilence;
    this.answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + json.getBytes(UTF_8).length
            + "\r\n\r\n"
            + json;
  }

  /**
   * Begins to answer.
   *
   * @param json what it answers
   */
  static StandIn open(String json) {
    return open(json, LONGEST_SILENCE);
  }

  /**
   * Begins to answer.
   *
   * @param longestSilence after which it hangs up
   */
  static StandIn open(String json, Duration longestSilence) {
    try {
      var door = new ServerSocket(0, 0, InetAddress.ofLiteral("127.0.0.1"));
      var standIn = new StandIn(door, longestSilence, json);
      Thread.ofVirtual().start(standIn::serve);
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException("No port for a rehearsal", e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  private void serve() {
    while (!door.isClosed()) {
      try (Socket caller = door.accept()) {
        caller.setSoTimeout((int) longestSilence.toMillis());
        hear(new BufferedReader(new InputStreamReader(caller.getInputStream(), ISO_8859_1)));
        caller.getOutputStream().write(answer.getBytes(UTF_8));
      } catch (IOException e) {
        log.debug("The rehearsal is over, or somebody hung up", e);
      } catch (RuntimeException e) {
        log.warn("A rehearsal's request is not answered", e);
      }
    }
  }

  /** Whole requests only: who is not heard out gets no answer. */
  private static void hear(BufferedReader request) throws IOException {
    int length = 0;
    for (String line = request.readLine();
        line != null && !line.isEmpty();
        line = request.readLine()) {
      if (line.regionMatches(true, 0, "Content-Length:", 0, "Content-Length:".length())) {
        length = Integer.parseInt(line.substring("Content-Length:".length()).strip());
      }
    }
    for (int read = 0; read < length && request.read() >= 0; read++) {}
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      log.debug("The door of a rehearsal did not close", e);
    }
  }
}
