package dev.pixal3d.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running stand-in for the Pixal3D gateway, on loopback only. It takes jobs, really turns each
 * image into a GLB, and calls back. Every answer and callback of it carries the header {@code
 * X-Simulator: pixal3d}.
 *
 * <p>Its jobs stand in files below {@link Options#dataDir}: a new simulator on the same folder goes
 * on where the last one stopped, however that one ended. Only one at a time may use a folder.
 */
public final class Pixal3dSimulator implements AutoCloseable {
  static final String HEADER = "X-Simulator";
  static final String HEADER_VALUE = "pixal3d";

  private static final Logger LOG = LoggerFactory.getLogger(Pixal3dSimulator.class);
  private static final int BACKLOG = 1024;
  private static final long CLOSE_SECONDS = 5;

  private final LiveSettings settings;
  private final URI baseUri;
  private final HttpServer server;
  private final ExecutorService threads;
  private final ModelMaker modelMaker;
  private final Callbacks callbacks;

  /**
   * How to start.
   *
   * @param port of 127.0.0.1; 0 takes a free one
   * @param dataDir where jobs and GLBs are kept; made if it is missing
   * @param apiKey the one key that is known, not blank
   * @param settings pace and faults to begin with
   * @param time of the jobs' timestamps and ids
   */
  public record Options(
      int port, Path dataDir, String apiKey, SimulatorSettings settings, InstantSource time) {

    /**
     * Checks what would only show later.
     *
     * @throws IllegalArgumentException if the port or the key is none
     */
    public Options {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("A port is 0 to 65535, not " + port);
      }
      if (apiKey.isBlank()) {
        throw new IllegalArgumentException("The simulator's API key is blank");
      }
    }

    /** With the system's time. */
    public Options(int port, Path dataDir, String apiKey, SimulatorSettings settings) {
      this(port, dataDir, apiKey, settings, InstantSource.system());
    }

    @Override
    public String toString() {
      return "Options[port=%d, dataDir=%s, settings=%s]".formatted(port, dataDir, settings);
    }
  }

  private Pixal3dSimulator(Options options, JobStore store, HttpServer server) {
    this.server = server;
    this.baseUri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    this.settings = new LiveSettings(options.settings());
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.modelMaker = new ModelMaker(store);
    Statistics statistics = new Statistics();
    MediaUrls mediaUrls = new MediaUrls(baseUri, settings);
    this.callbacks = new Callbacks(store, settings, mediaUrls, statistics);
    JobRunner runner =
        new JobRunner(
            store, settings, modelMaker, new TinyGlb(store), callbacks, options.time(), threads);
    Gateway gateway =
        new Gateway(
            options.apiKey(),
            baseUri,
            store,
            runner,
            settings,
            mediaUrls,
            statistics,
            options.time());
    server.setExecutor(threads);
    server.createContext("/", new Router(gateway, new ControlPanel(store, settings, statistics)));
    server.start();
    List<Job> unsettled = store.all().stream().filter(Job::isUnsettled).toList();
    unsettled.forEach(runner::start);
    LOG.info("Pixal3D simulator: listens on {}, goes on with {} jobs", baseUri, unsettled.size());
  }

  /**
   * Starts; from the return on it answers.
   *
   * @throws IOException if the port is taken or the folder cannot be used
   */
  public static Pixal3dSimulator start(Options options) throws IOException {
    JobStore store = JobStore.open(options.dataDir());
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), options.port());
    try {
      return new Pixal3dSimulator(options, store, HttpServer.create(address, BACKLOG));
    } catch (BindException e) {
      throw new IOException(
          "The Pixal3D simulator cannot listen on port %d: %s"
              .formatted(options.port(), e.getMessage()),
          e);
    }
  }

  /** What stands for {@code https://gateway.pixazo.ai}; no slash at the end. */
  public URI baseUri() {
    return baseUri;
  }

  /** The settings as they are now. */
  public SimulatorSettings settings() {
    return settings.current();
  }

  /**
   * Changes some settings at once, by name; jobs under way go by the new ones from their next step
   * on.
   *
   * @throws IllegalArgumentException as {@link SimulatorSettings#with}; nothing is changed then
   */
  public SimulatorSettings change(Map<String, String> changes) {
    return settings.change(changes);
  }

  /** Ends at once. Jobs under way stay in their files as they are. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    modelMaker.close();
    callbacks.close();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Pixal3D simulator: threads still run {} s after its end", CLOSE_SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
