package dev.pixal3d.jobs.core.secrets;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Secrets from AWS Secrets Manager where the configuration names an ARN, both the current version
 * and, during a rotation, the previous one; kept for five minutes, and longer while Secrets Manager
 * does not answer. Anything else in the configuration is taken as the value itself, two of them
 * separated by a comma.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html">
 *     Staging labels AWSCURRENT and AWSPREVIOUS</a>
 */
public final class CachedSecrets implements Secrets {
  private static final Logger log = LoggerFactory.getLogger(CachedSecrets.class);
  private static final Duration KEPT = Duration.ofMinutes(5);

  private final Supplier<SecretsManagerClient> secretsManager;
  private final InstantSource clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  /**
   * @param secretsManager asked for a client only once an ARN is to be read
   */
  public CachedSecrets(Supplier<SecretsManagerClient> secretsManager, InstantSource clock) {
    this.secretsManager = secretsManager;
    this.clock = clock;
  }

  private record Kept(List<String> values, Instant until) {}

  @Override
  public List<String> read(String reference) {
    if (!reference.startsWith("arn:")) {
      return List.of(reference.split(","));
    }
    Instant now = clock.instant();
    Kept found = kept.get(reference);
    if (found != null && now.isBefore(found.until())) {
      return found.values();
    }
    try {
      List<String> values = fetch(reference);
      kept.put(reference, new Kept(values, now.plus(KEPT)));
      return values;
    } catch (SdkException e) {
      if (found == null) {
        throw new SecretsException("Reading " + reference + " failed: " + e.getMessage(), e);
      }
      log.warn("Reading {} failed, going on with what was read before", reference, e);
      return found.values();
    }
  }

  private List<String> fetch(String arn) {
    var values = new ArrayList<String>();
    values.add(fetch(arn, "AWSCURRENT"));
    try {
      values.add(fetch(arn, "AWSPREVIOUS"));
    } catch (ResourceNotFoundException e) {
      log.debug("{} has no previous version", arn, e);
    }
    return List.copyOf(values);
  }

  private String fetch(String arn, String stage) {
    return secretsManager
        .get()
        .getSecretValue(get -> get.secretId(arn).versionStage(stage))
        .secretString();
  }
}
