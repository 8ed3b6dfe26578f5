package dev.pixal3d.jobs.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void noticesWhatIsSentOverAConnectionThatIsOlderThanTheCut() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Wire wire = Wire.to(URI.create("http://127.0.0.1:" + server.getLocalPort()));
        Socket old = new Socket(InetAddress.ofLiteral("127.0.0.1"), wire.uri().getPort())) {
      server.accept();
      old.getOutputStream().write("Credential=OLD/".getBytes(UTF_8));
      await().atMost(PATIENCE).until(() -> wire.accessKeys().contains("OLD"));

      wire.cut();
      old.getOutputStream().write(new byte[10]);

      await().atMost(PATIENCE).until(() -> wire.bytesIntoTheVoid() == 10);
    }
  }

  @Test
  void readsWhatRequestsAreSignedWith() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        Wire wire = Wire.to(URI.create("http://127.0.0.1:" + server.getLocalPort()));
        Socket client = new Socket(InetAddress.ofLiteral("127.0.0.1"), wire.uri().getPort())) {
      client.getOutputStream().write("Authorization: AWS4 Credential=KE".getBytes(UTF_8));
      client.getOutputStream().write("Y/20261123/".getBytes(UTF_8));

      await().atMost(PATIENCE).until(() -> wire.accessKeys().contains("KEY"));
    }
  }
}
