package dev.pixal3d.jobs.local;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves pictures on loopback, so that files of this machine can be submitted as URLs. */
final class PictureServer implements AutoCloseable {
  private final Path folder;
  private final HttpServer server;
  private final ExecutorService threads;

  private PictureServer(Path folder, HttpServer server, ExecutorService threads) {
    this.folder = folder;
    this.server = server;
    this.threads = threads;
  }

  /**
   * Serves the pictures of a folder.
   *
   * @param port the wanted one; another one is taken if it is not free
   */
  static PictureServer start(Path folder, int port) {
    try {
      HttpServer server = HttpServer.create();
      bind(server, port);
      server.createContext("/", SimpleFileServer.createFileHandler(folder.toAbsolutePath()));
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.start();
      return new PictureServer(folder, server, threads);
    } catch (IOException e) {
      throw new LocalStackException("No port can be opened on 127.0.0.1: " + e.getMessage(), e);
    }
  }

  private static void bind(HttpServer server, int port) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try {
      server.bind(new InetSocketAddress(loopback, port), 0);
    } catch (BindException e) {
      if (port == 0) {
        throw e;
      }
      server.bind(new InetSocketAddress(loopback, 0), 0);
    }
  }

  /** The port that was taken. */
  int port() {
    return server.getAddress().getPort();
  }

  /** Takes a copy of a picture and tells where it is served. */
  URI publish(Path picture) {
    String name = picture.getFileName().toString();
    try {
      Path own = Files.createTempDirectory(folder, "").resolve(name);
      Files.copy(picture, own, StandardCopyOption.REPLACE_EXISTING);
      return new URI("http", null, "127.0.0.1", port(), "/" + folder.relativize(own), null, null);
    } catch (IOException e) {
      throw new LocalStackException(
          "%s cannot be read: %s".formatted(picture, LocalStackException.reason(e)), e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Not a path of a URL: " + name, e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
