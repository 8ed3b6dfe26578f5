package dev.pixal3d.jobs.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.secrets.CachedSecrets;
import dev.pixal3d.jobs.core.secrets.Secrets;
import dev.pixal3d.jobs.core.upstream.GatewayPixal3d;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.ReportReader;
import java.net.URI;
import java.net.http.HttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Pixal3D, and the secrets between it and us. */
public final class UpstreamParts {
  private static final String PRIMING_REPORT =
      "{\"request_id\":\"priming\",\"status\":\"PROCESSING\"}";

  private final Application application;
  private final Secrets secrets;

  public UpstreamParts(Application application) {
    this.application = application;
    var client = new Lazy<>(() -> application.clients().make(SecretsManagerClient.builder()));
    this.secrets = new CachedSecrets(client::get, application.clock());
  }

  public Pixal3d pixal3d() {
    String reference = application.config().text(Setting.PIXAL3D_API_KEY);
    Wiring wiring = application.wiring();
    return wiring.part(
        Pixal3d.class,
        () ->
            new GatewayPixal3d(
                application.config().pixal3dBaseUrl(),
                () -> secrets.read(reference).getFirst(),
                GatewayPixal3d.Timeouts.DEFAULT,
                application.clock(),
                () -> wiring.part(HttpClient.Builder.class, HttpClient::newBuilder)));
  }

  public CallbackTokens callbackTokens() {
    String reference = application.config().text(Setting.CALLBACK_SECRET);
    return application
        .wiring()
        .part(CallbackTokens.class, () -> new CallbackTokens(() -> secrets.read(reference)));
  }

  /**
   * Takes the ways to Pixal3D, and finds a closed door: nothing listens at that port of this
   * machine, so nobody is told anything.
   */
  public void prime() {
    Pixal3d nobody =
        new GatewayPixal3d(
            URI.create("https://127.0.0.1:9"),
            () -> "priming",
            GatewayPixal3d.Timeouts.DEFAULT,
            application.clock());
    var _ =
        nobody.submit(
            new Pixal3d.Submission(
                "{}", URI.create("https://example.com/priming"), WebhookMode.TERMINAL));
    var _ = nobody.status("priming");
    var _ = ReportReader.read(PRIMING_REPORT.getBytes(UTF_8));
  }
}
