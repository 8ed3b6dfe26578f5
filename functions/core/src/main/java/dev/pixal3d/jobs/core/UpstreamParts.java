package dev.pixal3d.jobs.core;

import dev.pixal3d.jobs.core.callback.CallbackTokens;
import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.core.secrets.CachedSecrets;
import dev.pixal3d.jobs.core.secrets.Secrets;
import dev.pixal3d.jobs.core.upstream.GatewayPixal3d;
import dev.pixal3d.jobs.core.upstream.Pixal3d;
import java.net.http.HttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Pixal3D, and the secrets between it and us. */
public final class UpstreamParts {
  private final Application application;
  private final Secrets secrets;

  public UpstreamParts(Application application) {
    this.application = application;
    this.secrets =
        new CachedSecrets(
            () ->
                application
                    .clients()
                    .get(SecretsManagerClient.class, SecretsManagerClient::builder),
            application.clock());
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
}
