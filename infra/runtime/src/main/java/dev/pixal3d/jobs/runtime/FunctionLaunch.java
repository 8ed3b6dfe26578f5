package dev.pixal3d.jobs.runtime;

import dev.pixal3d.jobs.embedded.FunctionResource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How processes of a function are to be started.
 *
 * @param function what the template says of it
 * @param artifact its zip, unpacked
 * @param client what runs it
 * @param environment the variables that the template gives it, and where it finds AWS; a process
 *     gets these and Lambda's own, and none of this JVM's
 * @param initialization how it is brought up
 * @param jvmOptions more options for its JVM
 * @param extraClassPath what its JVM is to find besides the function's own classes, before these
 * @param log gets each line that it writes to stdout or stderr, from a thread of its own
 */
public record FunctionLaunch(
    FunctionResource function,
    Artifact artifact,
    RuntimeClient client,
    Map<String, String> environment,
    InitializationType initialization,
    List<String> jvmOptions,
    List<Path> extraClassPath,
    Consumer<String> log) {
  private static final int HEAP_PERCENT = 80;

  public FunctionLaunch {
    environment = Map.copyOf(environment);
    jvmOptions = List.copyOf(jvmOptions);
    extraClassPath = List.copyOf(extraClassPath);
  }

  /** Nothing but the function. */
  public FunctionLaunch(
      FunctionResource function,
      Artifact artifact,
      RuntimeClient client,
      Map<String, String> environment,
      InitializationType initialization,
      Consumer<String> log) {
    this(function, artifact, client, environment, initialization, List.of(), List.of(), log);
  }

  /** The same with a variable more, or with another value. */
  public FunctionLaunch with(String variable, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(variable, value);
    return withEnvironment(all);
  }

  /** The same without a variable. */
  public FunctionLaunch without(String variable) {
    Map<String, String> others = new HashMap<>(environment);
    others.remove(variable);
    return withEnvironment(others);
  }

  private FunctionLaunch withEnvironment(Map<String, String> variables) {
    return new FunctionLaunch(
        function, artifact, client, variables, initialization, jvmOptions, extraClassPath, log);
  }

  /** The same with more for its JVM. */
  public FunctionLaunch with(List<String> moreJvmOptions, List<Path> moreClassPath) {
    List<String> options = new ArrayList<>(jvmOptions);
    options.addAll(moreJvmOptions);
    List<Path> classPath = new ArrayList<>(extraClassPath);
    classPath.addAll(moreClassPath);
    return new FunctionLaunch(
        function, artifact, client, environment, initialization, options, classPath, log);
  }

  String handler() {
    return function.handlerClass() + "::handleRequest";
  }

  String functionArn() {
    return "arn:aws:lambda:us-east-1:000000000000:function:%s:live".formatted(function.logicalId());
  }

  /** The command line. */
  List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx%dm".formatted(function.memoryMegabytes() * HEAP_PERCENT / 100),
            "-Xms8m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            client.nativeLibraryOption()));
    command.addAll(initialization.jvmOptions());
    command.addAll(jvmOptions);
    command.addAll(
        List.of("-cp", client.classPath(extraClassPath), RuntimeClient.MAIN_CLASS, handler()));
    return command;
  }

  /** Lambda's own variables (developer guide, "Defined runtime environment variables"). */
  Map<String, String> variables(String runtimeApi) {
    Map<String, String> all = new HashMap<>(environment);
    String name = function.logicalId();
    all.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    all.put("LANG", "en_US.UTF-8");
    all.put("TZ", ":UTC");
    all.put("AWS_REGION", all.getOrDefault("AWS_REGION", "us-east-1"));
    all.put("AWS_DEFAULT_REGION", all.getOrDefault("AWS_DEFAULT_REGION", "us-east-1"));
    all.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
    all.put("AWS_LAMBDA_FUNCTION_NAME", name);
    all.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
    all.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization.value());
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + name);
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    all.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
    all.put("LAMBDA_TASK_ROOT", artifact.taskRoot().toString());
    all.put("LAMBDA_RUNTIME_DIR", String.valueOf(client.nativeLibrary().getParent()));
    all.put("_HANDLER", handler());
    // Else glibc keeps an arena for every thread.
    all.put("MALLOC_ARENA_MAX", "2");
    return all;
  }

  /** Variables may be secrets. */
  @Override
  public String toString() {
    return "FunctionLaunch[%s, %s]".formatted(function.logicalId(), initialization);
  }
}
