package dev.pixal3d.jobs.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The runtime interface client that AWS ships in its java25 runtime: what asks for events, loads
 * the function's classes from its working directory and from {@code lib/*.jar} there, and calls the
 * handler. Linux only, as on Lambda.
 *
 * @param jars its own jars; nothing else that this JVM has is seen by a function
 * @param nativeLibrary its part in C
 */
public record RuntimeClient(List<Path> jars, Path nativeLibrary) {
  static final String MAIN_CLASS = AWSLambda.class.getName();

  /** The client would unpack it to one file in /tmp, over that of a process that just loads it. */
  private static final String NATIVE_LIBRARY_PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

  public RuntimeClient {
    jars = List.copyOf(jars);
  }

  /**
   * Finds the client's jars on this JVM's class path, and unpacks its native library.
   *
   * @param folder where the native library goes; made if it is not there
   * @throws IllegalStateException if this machine is none that the client is built for
   */
  public static RuntimeClient unpack(Path folder) {
    String resource = "/jni/libaws-lambda-jni.%s.so".formatted(platform());
    try (InputStream library = AWSLambda.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new IllegalStateException(
            "The Lambda runtime client has no %s; it runs on Linux, on x86-64 and on ARM64"
                .formatted(resource));
      }
      Path target = Files.createDirectories(folder).resolve("libaws-lambda-jni.so");
      Files.copy(library, target);
      return new RuntimeClient(ownJars(), target.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException("The Lambda runtime client could not be unpacked", e);
    }
  }

  private static String platform() {
    String architecture = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    boolean musl = Files.exists(Path.of("/lib/ld-musl-" + System.getProperty("os.arch") + ".so.1"));
    String system =
        System.getProperty("os.name").equals("Linux") ? "linux" : System.getProperty("os.name");
    return (musl ? system + "_musl" : system) + "-" + architecture;
  }

  private static List<Path> ownJars() {
    return Stream.of(
            AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
        .map(RuntimeClient::jarOf)
        .toList();
  }

  private static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("The place of " + type + " is no file", e);
    }
  }

  /** What goes after {@code -cp}. */
  String classPath(List<Path> before) {
    return Stream.concat(before.stream(), jars.stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  String nativeLibraryOption() {
    return "-D%s=%s".formatted(NATIVE_LIBRARY_PROPERTY, nativeLibrary);
  }
}
