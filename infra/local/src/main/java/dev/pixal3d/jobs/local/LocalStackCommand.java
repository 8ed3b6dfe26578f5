package dev.pixal3d.jobs.local;

import dev.pixal3d.simulator.SimulatorSettings;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of {@code infra/local/run}. */
@Command(
    name = "infra/local/run",
    mixinStandardHelpOptions = true,
    version = "pixal3d-jobs 0.1.0, local stack",
    usageHelpWidth = 100,
    sortOptions = false,
    header = "The whole of pixal3d-jobs on this machine: no Docker, no AWS account, no costs.",
    description = {
      "",
      "Without --image it serves the API until it is stopped (Ctrl-C or SIGTERM).",
      "With --image it does the main job once: picture in, GLB out.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  infra/local/run                                    API on http://localhost:8080",
      "  infra/local/run --image dog.png                    makes dog.glb",
      "  infra/local/run --image https://example.com/dog.png --out /tmp/dog.glb",
      "  infra/local/run --data ~/pixal3d-state             goes on where it was stopped or killed",
      "  infra/local/run --runtime                          with the functions' zips, as on AWS",
      "  infra/local/run --simulate processing-seconds=20   a slower Pixal3D",
      "  infra/local/run --simulate callbacks=lost --simulate submit=429",
      "  infra/local/run --simulate help                    all that can be simulated",
      "  PIXAL3D_API_KEY=... infra/local/run --upstream https://gateway.pixazo.ai",
      "                                                     the real Pixal3D: this costs money",
      "",
      "The settings of the system (FIRST_POLL_SECONDS, JOB_DEADLINE_SECONDS, SWEEP_SECONDS and so"
          + " on)",
      "are taken from the environment; they are named in README.md.",
      "",
      "Exit codes: 0 done; 1 it did not work (the reason is on stderr); 2 wrong usage; 3 no JDK"
          + " 25;",
      "4 the build failed; 130 stopped by Ctrl-C; 143 stopped by SIGTERM (both after closing"
          + " cleanly)."
    })
public final class LocalStackCommand implements Callable<Integer> {
  private static final int DEFAULT_PORT = 8080;
  private static final int DID_NOT_WORK = 1;
  private static final Duration MOST_CLOSING_TIME = Duration.ofSeconds(3);
  private static final String WEBHOOK_SECRET_PREFIX = "whsec_";

  /** Standard Webhooks 1.0: a symmetric secret has 24 to 64 bytes. */
  private static final int LEAST_SECRET_BYTES = 24;

  private static final int MOST_SECRET_BYTES = 64;
  private static final String NO_SECRET =
      "--webhook-secret takes whsec_ and 24 to 64 bytes in Base64";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--image",
      paramLabel = "FILE|URL",
      description = "Make a model of this picture, then exit.")
  private @Nullable String image;

  @Option(
      names = "--out",
      paramLabel = "FILE.glb",
      description = "Where the model goes (default: the picture's name with .glb, in this folder).")
  private @Nullable Path out;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Port of the API; 0 finds a free one (default: 8080, with --image 0).")
  private @Nullable Integer port;

  @Option(
      names = "--key",
      paramLabel = "K",
      defaultValue = "YOUR_API_KEY",
      description = "The key that clients send (default: ${DEFAULT-VALUE}).")
  private String key = "";

  @Option(
      names = "--webhook-secret",
      paramLabel = "whsec_...",
      description = "What webhooks to clients are signed with (default: a random one).")
  private @Nullable String webhookSecret;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep state here; it survives a kill -9 (default: nothing is kept).")
  private @Nullable Path data;

  @Option(
      names = "--runtime",
      description =
          "Run every function as AWS does: what is deployed of it, in processes of the Lambda"
              + " runtime client, frozen between events (Linux only; default: all in one JVM).")
  private boolean runtime;

  @Option(
      names = "--upstream",
      paramLabel = "URL",
      defaultValue = "${env:PIXAL3D_BASE_URL}",
      description = "A Pixal3D other than the simulator (default: PIXAL3D_BASE_URL, if it is set).")
  private @Nullable String upstream;

  @Option(
      names = "--upstream-key",
      paramLabel = "K",
      description = "The key for --upstream (default: PIXAL3D_API_KEY).")
  private @Nullable String upstreamKey;

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      defaultValue = "${env:PUBLIC_URL}",
      description = "Base of polling_url and callback URLs (default: http://localhost:PORT).")
  private @Nullable String publicUrl;

  @Option(
      names = "--simulate",
      paramLabel = "NAME=VALUE",
      description =
          "The simulator's pace and faults; may be given several times; 'help' lists them.")
  private List<String> simulate = new ArrayList<>();

  private final Path home;
  private final Map<String, String> environment;
  private final OpenParts parts = new OpenParts();
  private final Lock starting = new ReentrantLock();
  private volatile boolean finished;
  private volatile boolean stopping;

  LocalStackCommand(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  /** Runs, and exits with one of the codes that the help names. */
  public static void main(String[] arguments) {
    LocalStackCommand command =
        new LocalStackCommand(Path.of(System.getProperty("pixal3d.home", ".")), System.getenv());
    CommandLine line = command.line();
    Runtime.getRuntime().addShutdownHook(new Thread(command::stop, "stop"));
    int exitCode = line.execute(arguments);
    command.finished = true;
    System.exit(exitCode);
  }

  /** What reads the arguments and turns what goes wrong into a sentence and an exit code. */
  CommandLine line() {
    return new CommandLine(this)
        .setParameterExceptionHandler(LocalStackCommand::explainUsage)
        .setExecutionExceptionHandler(this::explain);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (simulate.contains("help")) {
      out().print(SimulatorSettings.describe());
      out().flush();
      return CommandLine.ExitCode.OK;
    }
    LocalStackOptions options = options();
    if (image == null) {
      if (out != null) {
        throw usage("--out goes with --image");
      }
      serve(options);
    } else {
      makeModel(options, image);
    }
    return CommandLine.ExitCode.OK;
  }

  private void serve(LocalStackOptions options) throws InterruptedException {
    LocalStack stack = start(options);
    URI sample = stack.publish(home.resolve("infra/local/samples/dog.png"));
    if (!stopping) {
      out().print(new Welcome(stack, options, sample).text());
      out().flush();
    }
    new CountDownLatch(1).await();
  }

  private void makeModel(LocalStackOptions options, String picture)
      throws IOException, InterruptedException {
    Path file = isUrl(picture) ? null : pictureFile(picture);
    try {
      ModelFile model = parts.add(prepareModel(picture)); // So that a signal leaves no draft.
      long begin = System.nanoTime();
      LocalStack stack = start(options);
      Duration starting = Duration.ofNanos(System.nanoTime() - begin);
      out().printf("%s%n", Welcome.upstreamInWords(options.upstream()));
      out().flush();
      URI imageUrl = file == null ? URI.create(picture) : stack.publish(file);
      ModelJob.Completed job;
      long downloadBegin;
      try (Progress progress = progress()) {
        ModelJob modelJob = new ModelJob(stack.api(), key, progress);
        job = modelJob.run(imageUrl);
        downloadBegin = System.nanoTime();
        modelJob.download(job.media(), model.draft());
      }
      long bytes = model.complete();
      Duration download = Duration.ofNanos(System.nanoTime() - downloadBegin);
      out().printf("%s  %,d bytes%n", shown(model.place()), bytes);
      out()
          .printf(
              "Time: start %s, %s, download %s%n",
              seconds(starting),
              job.spent().entrySet().stream()
                  .map(state -> state.getKey() + " " + seconds(state.getValue()))
                  .collect(Collectors.joining(", ")),
              seconds(download));
      out().flush();
    } finally {
      closeParts();
    }
  }

  private LocalStack start(LocalStackOptions options) {
    starting.lock();
    try {
      return LocalStack.start(options, parts);
    } finally {
      starting.unlock();
    }
  }

  /** The path as a person would write it from here. */
  private static Path shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return file.startsWith(here) ? here.relativize(file) : file;
  }

  private Progress progress() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return terminal ? new ProgressBarProgress(out()) : new PlainProgress(out());
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  private static boolean isUrl(String picture) {
    return picture.matches("(?i)https?://.*");
  }

  private Path pictureFile(String picture) {
    Path file = Path.of(picture);
    if (!Files.isRegularFile(file)) {
      throw usage(
          "There is no picture %s; --image takes the path of a file or an http(s) URL"
              .formatted(file));
    }
    if (!Files.isReadable(file)) {
      throw usage("The picture %s cannot be read: no permission".formatted(file));
    }
    if (upstream != null && !isLoopback(URI.create(upstream))) {
      throw usage(
          "Pixal3D at %s cannot fetch a file of this machine; give --image a URL that it can reach"
              .formatted(upstream));
    }
    return file;
  }

  private ModelFile prepareModel(String picture) {
    try {
      return ModelFile.prepare(out == null ? Path.of(stem(picture) + ".glb") : out);
    } catch (LocalStackException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /** {@code pictures/dog.png} and {@code https://example.com/dog.png?w=9} -> {@code dog}. */
  private static String stem(String picture) {
    String path = isUrl(picture) ? picture.replaceFirst("[?#].*", "") : picture;
    String name = path.substring(path.lastIndexOf('/') + 1).replaceFirst("(?<=.)\\.[^.]*$", "");
    boolean onlyHost = path.matches("(?i)https?://[^/]*/?");
    return name.isEmpty() || onlyHost ? "model" : name;
  }

  private LocalStackOptions options() {
    int wanted = port != null ? port : image == null ? DEFAULT_PORT : 0;
    if (wanted < 0 || wanted > 65_535) {
      throw usage("--port takes 0 to 65535, not " + wanted);
    }
    if (!key.matches("[!-~]+")) {
      throw usage("--key takes printable ASCII characters without spaces");
    }
    return new LocalStackOptions(
        home.resolve("template.yaml"),
        wanted,
        key,
        webhookSecret == null ? null : checkedSecret(webhookSecret),
        data,
        chosenUpstream(),
        runtime,
        publicUrl == null ? null : baseUrl("--public-url", publicUrl),
        environment);
  }

  private Upstream chosenUpstream() {
    if (upstream == null) {
      try {
        return new Upstream.Simulated(SimulatorSettings.parse(simulate));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    }
    if (!simulate.isEmpty()) {
      throw usage("--simulate is for the simulator; with --upstream there is none");
    }
    String upstreamsKey =
        upstreamKey == null ? environment.getOrDefault("PIXAL3D_API_KEY", "") : upstreamKey;
    if (upstreamsKey.isBlank()) {
      throw usage(
          "Pixal3D at %s wants a key: give --upstream-key, or set PIXAL3D_API_KEY"
              .formatted(upstream));
    }
    return new Upstream.Elsewhere(baseUrl("--upstream", upstream), upstreamsKey);
  }

  private URI baseUrl(String option, String value) {
    try {
      URI url = URI.create(value.replaceFirst("/+$", ""));
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getQuery() == null && url.getFragment() == null) {
        return url;
      }
      throw usage("%s takes an http or https URL, not '%s'".formatted(option, value));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "%s takes an http or https URL, not '%s'".formatted(option, value),
          e);
    }
  }

  private static boolean isLoopback(URI url) {
    String host = String.valueOf(url.getHost());
    return host.equals("localhost") || host.startsWith("127.");
  }

  private String checkedSecret(String secret) {
    try {
      int bytes =
          secret.startsWith(WEBHOOK_SECRET_PREFIX)
              ? Base64.getDecoder().decode(secret.substring(WEBHOOK_SECRET_PREFIX.length())).length
              : 0;
      if (bytes >= LEAST_SECRET_BYTES && bytes <= MOST_SECRET_BYTES) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), NO_SECRET, e);
    }
    throw usage(NO_SECRET);
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static int explainUsage(ParameterException trouble, String[] arguments) {
    PrintWriter err = trouble.getCommandLine().getErr();
    err.println("Error: " + trouble.getMessage());
    UnmatchedArgumentException.printSuggestions(trouble, err);
    err.println("infra/local/run --help tells what it takes.");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private int explain(Exception trouble, CommandLine line, CommandLine.ParseResult arguments) {
    if (!stopping) { // Else it only failed because everything around it is being closed.
      String sentence =
          trouble instanceof LocalStackException
              ? String.valueOf(trouble.getMessage())
              : "Unexpected: " + trouble;
      line.getErr().println("Error: " + sentence);
      line.getErr().flush();
    }
    closeParts();
    return DID_NOT_WORK;
  }

  /** Runs when the JVM ends, by itself or by a signal. */
  private void stop() {
    stopping = true;
    try { // Half a start cannot be closed cleanly: what is just being opened would stay.
      if (starting.tryLock(MOST_CLOSING_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        starting.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeParts();
    if (!finished) {
      out().println("Stopped.");
      out().flush();
    }
  }

  private void closeParts() {
    Thread closing = Thread.ofPlatform().daemon().start(parts::close);
    try {
      if (!closing.join(MOST_CLOSING_TIME)) {
        err()
            .println(
                "Not everything could be closed within %s.".formatted(seconds(MOST_CLOSING_TIME)));
        err().flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
