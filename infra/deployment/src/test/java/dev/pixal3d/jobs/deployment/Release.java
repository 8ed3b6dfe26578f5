package dev.pixal3d.jobs.deployment;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.Objects;

/** The functions of a release, as they handle events side by side with another release's. */
enum Release {
  PREVIOUS,
  THIS;

  private static final String PACKAGE = "dev.pixal3d.jobs.";
  private static final ClassLoader PREVIOUS_CLASSES = new PreviousClasses();

  private ClassLoader classes() {
    return switch (this) {
      case PREVIOUS -> PREVIOUS_CLASSES;
      case THIS -> Release.class.getClassLoader();
    };
  }

  /** A function that HTTP requests reach. */
  @SuppressWarnings("unchecked")
  RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> http(
      String name, Map<String, String> environment) {
    return (RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>)
        handler(name, environment);
  }

  /** A function that works off a queue. */
  @SuppressWarnings("unchecked")
  RequestHandler<SQSEvent, SQSBatchResponse> queue(String name, Map<String, String> environment) {
    return (RequestHandler<SQSEvent, SQSBatchResponse>) handler(name, environment);
  }

  private Object handler(String name, Map<String, String> environment) {
    String simpleName = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Handler";
    try {
      return classes()
          .loadClass(PACKAGE + name + "." + simpleName)
          .getConstructor(Map.class)
          .newInstance(environment);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(this + " has no function " + name, e);
    }
  }

  /** Our classes from the jar, everything else from this JVM. */
  private static final class PreviousClasses extends URLClassLoader {
    PreviousClasses() {
      super(new URL[] {jar()}, Release.class.getClassLoader());
    }

    private static URL jar() {
      return Objects.requireNonNull(Release.class.getResource("/previous-release.jar"));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith(PACKAGE)) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
