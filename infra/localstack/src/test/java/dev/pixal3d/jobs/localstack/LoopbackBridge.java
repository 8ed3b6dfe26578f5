package dev.pixal3d.jobs.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/**
 * Leads ports of 127.0.0.1 inside a function's container to the same ports of the machine on which
 * the tests run. The functions speak plain http with nobody but 127.0.0.1, and the tests are not
 * the place to weaken that.
 *
 * <p>It is a Java agent (java.lang.instrument, package description) that is put into a function's
 * zip, beside its libraries.
 */
public final class LoopbackBridge {
  private static final String IN_ZIP = "lib/loopback-bridge.jar";
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

  private LoopbackBridge() {}

  /** A copy of a function's zip with the agent in it. */
  static Path addedTo(Path zip, Path copy) {
    try {
      Files.copy(zip, copy, StandardCopyOption.REPLACE_EXISTING);
      try (FileSystem files = FileSystems.newFileSystem(copy)) {
        Files.write(files.getPath(IN_ZIP), agent());
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(zip + " could not be copied; ./mvnw package builds it", e);
    }
  }

  /** The JVM option that switches it on, where Lambda unpacks a function. */
  static String jvmOption(String otherMachine, List<Integer> ports) {
    return "-javaagent:/var/task/%s=%s".formatted(IN_ZIP, arguments(otherMachine, ports));
  }

  static String arguments(String otherMachine, List<Integer> ports) {
    return ports.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(",", otherMachine + ",", ""));
  }

  /** This class in a jar. */
  static byte[] agent() throws IOException {
    String file = LoopbackBridge.class.getName().replace('.', '/') + ".class";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes);
        InputStream code =
            Objects.requireNonNull(
                LoopbackBridge.class.getClassLoader().getResourceAsStream(file))) {
      jar.putNextEntry(new JarEntry("META-INF/MANIFEST.MF"));
      jar.write(
          "Manifest-Version: 1.0\nPremain-Class: %s\n"
              .formatted(LoopbackBridge.class.getName())
              .getBytes(UTF_8));
      jar.putNextEntry(new JarEntry(file));
      code.transferTo(jar);
    }
    return bytes.toByteArray();
  }

  /** Called by the JVM before the function's own code. */
  public static void premain(String arguments) throws IOException {
    String[] hostAndPorts = arguments.split(",", -1);
    for (int i = 1; i < hostAndPorts.length; i++) {
      int port = Integer.parseInt(hostAndPorts[i]);
      forward(new ServerSocket(port, 0, LOOPBACK), hostAndPorts[0], port);
    }
  }

  static void forward(ServerSocket server, String host, int port) {
    Thread.ofPlatform()
        .daemon()
        .name("bridge-" + port)
        .start(() -> {
          while (!server.isClosed()) {
            try {
              connect(server.accept(), host, port);
            } catch (IOException e) {
              System.err.println("The bridge to %s:%d: %s".formatted(host, port, e));
            }
          }
        });
  }

  private static void connect(Socket here, String host, int port) throws IOException {
    try {
      Socket there = new Socket(host, port);
      Thread.ofVirtual().start(() -> copy(here, there));
      Thread.ofVirtual().start(() -> copy(there, here));
    } catch (IOException e) {
      here.close();
      throw e;
    }
  }

  /** An end on one side is an end on the other. */
  private static void copy(Socket from, Socket to) {
    try (from;
        OutputStream out = to.getOutputStream()) {
      from.getInputStream().transferTo(out);
    } catch (IOException e) {
      // One of the two has gone. The other one's stream is closed with it.
    }
  }
}
