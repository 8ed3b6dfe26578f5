package dev.pixal3d.jobs.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackBridgeTest {
  /** The test's machine: the other container's view of it. Linux has all of 127.0.0.0/8. */
  private static final String THIS_MACHINE = "127.0.0.2";

  @TempDir private Path folder;

  /** In a JVM of its own, brought in as in a function's container: out of the zip, as an agent. */
  @Test
  void whatAFunctionSendsToLoopbackArrivesOnTheOtherMachine() throws Exception {
    HttpServer simulator =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(THIS_MACHINE), 0), 0);
    simulator.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (exchange) {
            exchange.getResponseBody().write("from the other machine".getBytes(UTF_8));
          }
        });
    simulator.start();
    int port = simulator.getAddress().getPort();
    try {
      Process function =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-javaagent:%s=%s"
                      .formatted(
                          agentOutOfAZip(), LoopbackBridge.arguments(THIS_MACHINE, List.of(port))),
                  "-cp",
                  "target/test-classes",
                  Function.class.getName(),
                  "http://127.0.0.1:%d/".formatted(port))
              .redirectErrorStream(true)
              .start();

      assertThat(new String(function.getInputStream().readAllBytes(), UTF_8))
          .isEqualTo("from the other machine");
    } finally {
      simulator.stop(0);
    }
  }

  private Path agentOutOfAZip() throws Exception {
    Path zip = folder.resolve("function.zip");
    try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip))) {
      entries.putNextEntry(new ZipEntry("lib/"));
    }
    Path agent = folder.resolve("agent.jar");
    try (FileSystem files =
        FileSystems.newFileSystem(LoopbackBridge.addedTo(zip, folder.resolve("copy.zip")))) {
      Files.copy(files.getPath("lib/loopback-bridge.jar"), agent);
    }
    return agent;
  }

  /** Speaks with nobody but 127.0.0.1. */
  static final class Function {
    private Function() {}

    public static void main(String[] arguments) throws Exception {
      try (HttpClient client = HttpClient.newHttpClient()) {
        System.out.print(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(arguments[0])).build(),
                    BodyHandlers.ofString())
                .body());
      }
    }
  }
}
