package dev.pixal3d.jobs.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Message;
import dev.pixal3d.jobs.core.webhook.WebhookSender.Receipt;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we send, seen by receivers that verify with the published libraries. */
@Timeout(300)
class PublishedReceiversTest {
  private static final Path NODE = Path.of("target", "webhook-receivers");

  /** A running receiver: 204 for what it accepts, 400 for what it refuses. */
  interface Receiver extends AutoCloseable {
    URI url();

    @Override
    void close();
  }

  @Test
  void java_standardwebhooks_accepts_it_and_refuses_it_with_one_byte_changed() throws Exception {
    try (Receiver receiver = java(Messages.SECRET)) {
      assertAcceptedOnlyUnchanged(receiver);
    }
    try (Receiver old = java(Messages.OLD_SECRET)) {
      assertAcceptedWhileSecretsRotate(old);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"standardwebhooks", "svix"})
  void npm_packages_accept_it_and_refuse_it_with_one_byte_changed(String library) throws Exception {
    installNpmPackages();
    try (Receiver receiver = node(library, Messages.SECRET)) {
      assertAcceptedOnlyUnchanged(receiver);
    }
    try (Receiver old = node(library, Messages.OLD_SECRET)) {
      assertAcceptedWhileSecretsRotate(old);
    }
  }

  private static Receipt send(Receiver receiver, InstantSource clock, String... secrets) {
    return new HttpWebhookSender(true, clock)
        .send(
            new Message(
                receiver.url(),
                Messages.ID,
                Messages.BODY.getBytes(StandardCharsets.UTF_8),
                List.of(secrets)));
  }

  private static void assertAcceptedWhileSecretsRotate(Receiver knowsTheOldSecret) {
    InstantSource now = InstantSource.system();
    assertThat(send(knowsTheOldSecret, now, Messages.SECRET, Messages.OLD_SECRET).httpStatus())
        .isEqualTo(204);
    assertThat(send(knowsTheOldSecret, now, Messages.SECRET).httpStatus()).isEqualTo(400);
  }

  private static void assertAcceptedOnlyUnchanged(Receiver receiver) throws Exception {
    Receipt receipt = send(receiver, InstantSource.system(), Messages.SECRET);
    assertThat(receipt.httpStatus()).isEqualTo(204);

    byte[] body = Messages.BODY.getBytes(StandardCharsets.UTF_8);
    String timestamp = receipt.timestamp();
    String signature = receipt.signature();
    try (HttpClient client = HttpClient.newHttpClient()) {
      var forger = new Forger(client, receiver.url());
      // By hand, to show that the changes below are what is refused.
      assertThat(forger.post(Messages.ID, timestamp, signature, body)).isEqualTo(204);
      // Entries that it does not know do no harm, but are not enough.
      String foreign = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
      String otherVersion = signature.replace("v1,", "v2,");
      assertThat(forger.post(Messages.ID, timestamp, foreign + " " + signature, body))
          .isEqualTo(204);
      assertThat(forger.post(Messages.ID, timestamp, foreign, body)).isEqualTo(400);
      assertThat(forger.post(Messages.ID, timestamp, otherVersion, body)).isEqualTo(400);

      for (int i = 0; i < body.length; i++) {
        byte[] changed = body.clone();
        changed[i] ^= 1;
        assertThat(forger.post(Messages.ID, timestamp, signature, changed))
            .as("byte %d of the body", i)
            .isEqualTo(400);
      }
      for (int i = 0; i < Messages.ID.length(); i++) {
        assertThat(forger.post(changed(Messages.ID, i), timestamp, signature, body))
            .as("byte %d of the id", i)
            .isEqualTo(400);
      }
      for (int i = 0; i < timestamp.length(); i++) {
        assertThat(forger.post(Messages.ID, changed(timestamp, i), signature, body))
            .as("byte %d of the timestamp", i)
            .isEqualTo(400);
      }
      for (int i = 0; i < signature.length(); i++) {
        assertThat(forger.post(Messages.ID, timestamp, changed(signature, i), body))
            .as("byte %d of the signature", i)
            .isEqualTo(400);
      }
    }

    Instant now = Instant.now();
    for (Duration off : List.of(Duration.ofSeconds(-330), Duration.ofSeconds(330))) {
      assertThat(send(receiver, InstantSource.fixed(now.plus(off)), Messages.SECRET).httpStatus())
          .as("signed %s from now", off)
          .isEqualTo(400);
    }
  }

  /** With another character of the same kind at that place. */
  private static String changed(String text, int at) {
    char there = text.charAt(at);
    char other = there == '9' ? '8' : Character.isDigit(there) ? (char) (there + 1) : 'x';
    return text.substring(0, at) + (other == there ? 'y' : other) + text.substring(at + 1);
  }

  /** Posts whatever it is given. */
  private record Forger(HttpClient client, URI url) {
    int post(String id, String timestamp, String signature, byte[] body) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .header("webhook-id", id)
              .header("webhook-timestamp", timestamp)
              .header("webhook-signature", signature)
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static Receiver java(String secret) throws Exception {
    Webhook webhook = new Webhook(secret);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = 204;
            try {
              webhook.verify(body, HttpHeaders.of(exchange.getRequestHeaders(), (_, _) -> true));
            } catch (WebhookVerificationException e) {
              status = 400;
            }
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
    return new Receiver() {
      @Override
      public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      }

      @Override
      public void close() {
        server.stop(0);
      }
    };
  }

  private static Receiver node(String library, String secret) throws IOException {
    Process process =
        new ProcessBuilder("node", "receiver.js", library, secret)
            .directory(NODE.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String port = process.inputReader().readLine();
    assertThat(port).as("the port that the receiver prints").matches("[0-9]+");
    return new Receiver() {
      @Override
      public URI url() {
        return URI.create("http://127.0.0.1:" + port + "/");
      }

      @Override
      public void close() {
        process.destroy();
      }
    };
  }

  private static void installNpmPackages() throws IOException, InterruptedException {
    assumeTrue(
        runs("node", "--version") && runs("npm", "--version"),
        "Skipped: node and npm are needed to run the npm packages standardwebhooks and svix, and"
            + " are not installed");
    Files.createDirectories(NODE);
    for (String file : List.of("package.json", "package-lock.json", "receiver.js")) {
      try (InputStream in =
          Objects.requireNonNull(PublishedReceiversTest.class.getResourceAsStream(file))) {
        Files.copy(in, NODE.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    List<String> install = new ArrayList<>(List.of("npm", "ci", "--no-audit", "--no-fund"));
    install.addAll(List.of("--ignore-scripts", "--prefix", NODE.toString()));
    assumeTrue(
        Files.exists(NODE.resolve("node_modules/svix")) || runs(install.toArray(String[]::new)),
        "Skipped: npm could not install standardwebhooks and svix; is there a network?");
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException _) {
      return false;
    }
  }
}
