package dev.pixal3d.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request. */
final class Router implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final Pattern STATUS_PATH = Pattern.compile("/v2/requests/status/([^/]+)");
  private static final Pattern MEDIA_PATH = Pattern.compile("/media/v1/([^/]+)/output\\.glb");

  private final Gateway gateway;
  private final ControlPanel controlPanel;

  Router(Gateway gateway, ControlPanel controlPanel) {
    this.gateway = gateway;
    this.controlPanel = controlPanel;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    reply(exchange).send(exchange);
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    try {
      return route(exchange);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Reply.NoAnswer();
    } catch (RuntimeException | Error e) {
      // The JDK's server would leave the caller waiting for ever.
      LOG.error("Pixal3D simulator: a request could not be answered", e);
      return Reply.error(500, "Internal Server Error", "The simulator failed: " + e.getMessage());
    }
  }

  private Reply route(HttpExchange exchange) throws IOException, InterruptedException {
    String path = exchange.getRequestURI().getPath();
    String request = exchange.getRequestMethod() + " " + path;
    return switch (request) {
      case "POST /pixal3d/v1/pixal3d-request" -> gateway.submit(exchange);
      case "GET /simulator/settings" -> controlPanel.settings();
      case "PATCH /simulator/settings" -> controlPanel.change(exchange);
      case "GET /simulator/jobs" -> controlPanel.jobs();
      case "GET /simulator/stats" -> controlPanel.stats();
      default -> {
        Matcher status = STATUS_PATH.matcher(path);
        Matcher media = MEDIA_PATH.matcher(path);
        boolean isGet = exchange.getRequestMethod().equals("GET");
        if (isGet && status.matches()) {
          yield gateway.status(exchange, status.group(1));
        }
        if (isGet && media.matches()) {
          yield gateway.media(media.group(1));
        }
        yield Reply.error(404, "Not Found", "There is nothing at " + request);
      }
    };
  }
}
