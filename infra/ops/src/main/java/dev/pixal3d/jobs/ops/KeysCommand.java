package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixal3d.jobs.core.store.ClientRegistry;
import dev.pixal3d.jobs.core.store.ClientRegistry.ApiKey;
import dev.pixal3d.jobs.core.store.ClientRegistry.Registered;
import dev.pixal3d.jobs.core.store.ClientStore.Client;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Clients, their API keys and their webhook secrets. */
@Command(
    name = "keys",
    header = "Who may submit: clients, their API keys and webhook secrets.",
    description = {
      "",
      "A secret is shown once, when it is made; of an API key only its SHA-256 is kept, and the"
          + " first 12",
      "hex digits of that are its KEY_ID. A change holds within a minute: for so long the"
          + " functions",
      "remember a key.",
      ""
    })
final class KeysCommand extends Group {
  private static final Pattern CLIENT_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{12,64}");
  private static final String API_KEY_PREFIX = "p3dkey_";
  private static final String WEBHOOK_SECRET_PREFIX = "whsec_";
  private static final int SECRET_BYTES = 32;
  private static final String SHOWN_ONCE = "Keep it now: it is not shown again.";

  private final SecureRandom random = new SecureRandom();

  /** Which keys. */
  static final class Which {
    @Parameters(paramLabel = "KEY_ID", arity = "1..*", description = "As `keys list` shows them.")
    private @Nullable List<String> keyIds;

    @Option(
        names = "--client",
        paramLabel = "NAME",
        description = "A client with all its keys; this needs no look at the whole table.")
    private @Nullable String client;
  }

  @Command(
      name = "create",
      header = "Makes an API key, and the client if it is new.",
      description = {"", "A new client also gets a webhook secret. Both are shown once.", ""})
  int create(
      @Parameters(
              paramLabel = "CLIENT",
              description =
                  "1 to 63 of a-z, 0-9, dot, dash and underscore; begins with a-z or 0-9.")
          String name) {
    requireName(name);
    return run((target, printer) -> {
      ClientRegistry clients = target.clients();
      String webhookSecret = newWebhookSecret();
      boolean made = clients.create(new Client(name, true, List.of(webhookSecret)));
      if (!made) {
        requireUsable(found(clients, name));
      }
      String apiKey = newApiKey();
      ApiKey key = clients.addKey(apiKey, name);
      ObjectNode json = json().put("client", name).put("api_key", apiKey).put("key_id", key.id());
      var text = new StringBuilder();
      text.append("Client          ").append(name).append(made ? " (new)\n" : "\n");
      text.append("API key         ").append(apiKey).append('\n');
      text.append("Key id          ").append(key.id()).append('\n');
      if (made) {
        json.put("webhook_secret", webhookSecret);
        text.append("Webhook secret  ").append(webhookSecret).append('\n');
        text.append("\nKeep both now: they are not shown again.");
      } else {
        text.append('\n').append(SHOWN_ONCE);
      }
      printer.result(json, text.toString());
      return ExitCode.DONE;
    });
  }

  @Command(
      name = "list",
      header = "Lists clients and keys; never a secret.",
      description = {
        "",
        "Reads the whole table, so that keys made by hand appear too: one read unit for each 4 KB"
            + " of all",
        "jobs that are kept. For a million jobs that is a minute or two, and a few cents.",
        ""
      })
  int list() {
    return run((target, printer) -> {
      Instant now = target.clock().instant();
      ClientRegistry.Directory directory = target.clients().list();
      ArrayNode json = JsonNodeFactory.instance.arrayNode();
      var text = new TextTable("CLIENT", "STATE", "WEBHOOK SECRETS", "KEY ID", "KEY");
      for (Registered client : byName(directory.clients())) {
        List<ApiKey> keys = keysOf(directory, client.client().name());
        json.add(JobJson.client(client, keys, now));
        String secrets = Integer.toString(client.client().webhookSecrets().size());
        if (keys.isEmpty()) {
          text.row(client.client().name(), stateOf(client), secrets, "-", "-");
        }
        for (ApiKey key : keys) {
          text.row(client.client().name(), stateOf(client), secrets, key.id(), stateOf(key, now));
        }
      }
      for (ApiKey key : orphans(directory)) {
        json.add(
            json()
                .putNull("client")
                .put("keys_name_a_client_that_is_not_there", key.client())
                .put("key_id", key.id()));
        text.row(key.client() + " (missing)", "-", "-", key.id(), "useless: no such client");
      }
      printer.result(
          json,
          directory.clients().isEmpty() && directory.keys().isEmpty()
              ? "There are no clients. `keys create NAME` makes one."
              : text.toString());
      return ExitCode.DONE;
    });
  }

  @Command(
      name = "disable",
      header = "Has keys, or a whole client, refused with 403 within a minute.",
      description = {
        "",
        "Jobs that were taken in go on. With --client one write does it; a key by its id is looked"
            + " for",
        "in the whole table (see `keys list`).",
        ""
      })
  int disable(@ArgGroup(exclusive = true, multiplicity = "1") Which which) {
    return change(which, false);
  }

  @Command(
      name = "enable",
      header = "Lets disabled keys, or a client, in again.",
      description = {"", "Ends a rotation's countdown, too. A forgotten client stays out.", ""})
  int enable(@ArgGroup(exclusive = true, multiplicity = "1") Which which) {
    return change(which, true);
  }

  private int change(Which which, boolean enabled) {
    String client = which.client;
    if (client != null) {
      return run((target, printer) -> changeClient(target, printer, client, enabled));
    }
    List<String> keyIds = which.keyIds == null ? List.of() : which.keyIds;
    for (String id : keyIds) {
      if (!KEY_ID.matcher(id).matches()) {
        throw OpsException.wrongUsage(
            "'%s' is no key id: 12 hex digits, as `keys list` shows them.".formatted(id));
      }
    }
    return run((target, printer) -> changeKeys(target, printer, keyIds, enabled));
  }

  private static ExitCode changeClient(
      Target target, Printer printer, String name, boolean enabled) {
    ClientRegistry clients = target.clients();
    if (found(clients, name).forgottenAt() != null && enabled) {
      throw forgotten(name);
    }
    clients.enable(name, enabled);
    printer.result(
        json().put("client", name).put("enabled", enabled),
        "Client %s is %s; this holds within a minute."
            .formatted(name, enabled ? "enabled" : "disabled"));
    return ExitCode.DONE;
  }

  private static ExitCode changeKeys(
      Target target, Printer printer, List<String> keyIds, boolean enabled) {
    ClientRegistry clients = target.clients();
    List<ApiKey> all = clients.list().keys();
    List<ApiKey> named = keyIds.stream().map(id -> only(all, id)).toList();
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    var text = new StringBuilder();
    for (ApiKey key : named) {
      if (enabled) {
        clients.enableKey(key);
      } else {
        clients.disableKey(key, target.clock().instant());
      }
      json.add(json().put("key_id", key.id()).put("client", key.client()).put("enabled", enabled));
      text.append(
          "Key %s of %s is %s; this holds within a minute.%n"
              .formatted(key.id(), key.client(), enabled ? "enabled" : "disabled"));
      if (enabled) {
        clients.find(key.client()).map(KeysCommand::stillShutOut).ifPresent(text::append);
      }
    }
    printer.result(json, text.toString());
    return ExitCode.DONE;
  }

  private static String stillShutOut(Registered client) {
    String name = client.client().name();
    if (client.forgottenAt() != null) {
      return "But its client was forgotten: it is refused all the same.\n";
    }
    return client.client().enabled()
        ? ""
        : "But its client is disabled, and so it is refused all the same. To let it in: keys enable --client %s%n"
            .formatted(name);
  }

  @Command(
      name = "rotate",
      header = "Gives a client a new API key, or a new webhook secret.",
      description = {
        "",
        "API key: the new one works at once, all older ones (looked for in the whole table, see"
            + " `keys",
        "list`) stop after --overlap.",
        "",
        "Webhook secret, without a refused delivery:",
        "  1. keys rotate CLIENT --webhook-secret            from now on each webhook carries the",
        "                                                    signatures of both secrets",
        "  2. the client puts the new secret in place of the old one",
        "  3. keys rotate CLIENT --webhook-secret --finish   drops the old one",
        ""
      })
  int rotate(
      @Parameters(paramLabel = "CLIENT", description = "Whose.") String name,
      @Option(
              names = "--overlap",
              paramLabel = "TIME",
              defaultValue = "24h",
              converter = DurationConverter.class,
              description =
                  "How long older API keys still work (default: ${DEFAULT-VALUE}; 0s: stop at"
                      + " once).")
          Duration overlap,
      @Option(names = "--webhook-secret", description = "The webhook secret, not the API key.")
          boolean ofWebhook,
      @Option(names = "--finish", description = "Drop the old webhook secret.") boolean finish) {
    if (finish && !ofWebhook) {
      throw OpsException.wrongUsage("--finish goes with --webhook-secret.");
    }
    return run((target, printer) -> {
      Registered client = found(target.clients(), name);
      requireUsable(client);
      if (!ofWebhook) {
        return rotateKey(target, printer, name, overlap);
      }
      return finish
          ? dropOldSecrets(target, printer, client.client())
          : addSecret(target, printer, client.client());
    });
  }

  private ExitCode rotateKey(Target target, Printer printer, String name, Duration overlap) {
    ClientRegistry clients = target.clients();
    Instant until = target.clock().instant().plus(overlap);
    List<ApiKey> older =
        keysOf(clients.list(), name).stream()
            .filter(key -> key.enabled() && (overlap.isZero() || !key.isDisabled(until)))
            .toList();
    String apiKey = newApiKey();
    ApiKey key = clients.addKey(apiKey, name);
    for (ApiKey old : older) {
      if (overlap.isZero()) {
        clients.disableKey(old, until);
      } else {
        clients.stopKey(old, until);
      }
    }
    ObjectNode json = json().put("client", name).put("api_key", apiKey).put("key_id", key.id());
    ArrayNode stopping = json.putArray("disabled_key_ids");
    older.forEach(old -> stopping.add(old.id()));
    json.put("disabled_at", Times.timestamp(until));
    printer.result(
        json,
        """
        Client   %s
        API key  %s
        Key id   %s

        %s
        %s\
        """
            .formatted(
                name,
                apiKey,
                key.id(),
                SHOWN_ONCE,
                older.isEmpty()
                    ? "There was no other key."
                    : "Older keys (%s) stop at %s."
                        .formatted(
                            String.join(", ", older.stream().map(ApiKey::id).toList()),
                            Times.timestamp(until))));
    return ExitCode.DONE;
  }

  private ExitCode addSecret(Target target, Printer printer, Client client) {
    List<String> before = client.webhookSecrets();
    if (before.size() > 1) {
      throw OpsException.refused(
          "%s has %d webhook secrets: a rotation is under way. End it with --finish first."
              .formatted(client.name(), before.size()));
    }
    String secret = newWebhookSecret();
    var after = new ArrayList<>(List.of(secret));
    after.addAll(before);
    change(target, client, after);
    printer.result(
        json()
            .put("client", client.name())
            .put("webhook_secret", secret)
            .put("webhook_secrets", after.size()),
        """
        Client          %s
        Webhook secret  %s

        %s
        %s\
        """
            .formatted(
                client.name(),
                secret,
                SHOWN_ONCE,
                before.isEmpty()
                    ? "It is the client's only one."
                    : "Each webhook now carries the signatures of the old and of the new one. Once"
                        + " the client\nuses the new one: keys rotate %s --webhook-secret --finish"
                            .formatted(client.name())));
    return ExitCode.DONE;
  }

  private static ExitCode dropOldSecrets(Target target, Printer printer, Client client) {
    List<String> before = client.webhookSecrets();
    int dropped = Math.max(0, before.size() - 1);
    if (dropped > 0) {
      change(target, client, before.subList(0, 1));
    }
    printer.result(
        json()
            .put("client", client.name())
            .put("webhook_secrets", before.size() - dropped)
            .put("dropped", dropped),
        dropped == 0
            ? "%s has no older webhook secret: nothing is to be dropped.".formatted(client.name())
            : "Webhooks to %s are signed with the newest secret only.".formatted(client.name()));
    return ExitCode.DONE;
  }

  private static void change(Target target, Client client, List<String> secrets) {
    if (!target.clients().changeWebhookSecrets(client.name(), client.webhookSecrets(), secrets)) {
      throw OpsException.refused(
          "Someone else changed the webhook secrets of %s just now; nothing was changed. Look with `keys list`, then try again."
              .formatted(client.name()));
    }
  }

  private static Registered found(ClientRegistry clients, String name) {
    return clients
        .find(name)
        .orElseThrow(() ->
            OpsException.notFound(
                "There is no client %s. `keys list` shows all; `keys create %s` makes it."
                    .formatted(name, name)));
  }

  private static void requireUsable(Registered client) {
    String name = client.client().name();
    if (client.forgottenAt() != null) {
      throw forgotten(name);
    }
    if (!client.client().enabled()) {
      throw OpsException.refused(
          "Client %s is disabled: a new secret would be of no use. First: keys enable --client %s"
              .formatted(name, name));
    }
  }

  private static OpsException forgotten(String name) {
    return OpsException.refused(
        "Client %s was forgotten, and its name stays taken. Take another name.".formatted(name));
  }

  private static void requireName(String name) {
    if (!CLIENT_NAME.matcher(name).matches()) {
      throw OpsException.wrongUsage(
          "'%s' is no client name: 1 to 63 of a-z, 0-9, dot, dash and underscore, beginning with a-z or 0-9."
              .formatted(name));
    }
  }

  private static ApiKey only(List<ApiKey> keys, String id) {
    List<ApiKey> matching = keys.stream().filter(key -> key.sha256().startsWith(id)).toList();
    if (matching.size() == 1) {
      return matching.getFirst();
    }
    throw matching.isEmpty()
        ? OpsException.notFound("There is no key %s. `keys list` shows all.".formatted(id))
        : OpsException.refused(
            "%d keys begin with %s: give more digits of the SHA-256."
                .formatted(matching.size(), id));
  }

  static List<ApiKey> keysOf(ClientRegistry.Directory directory, String client) {
    return directory.keys().stream()
        .filter(key -> key.client().equals(client))
        .sorted(Comparator.comparing(ApiKey::sha256))
        .toList();
  }

  private static List<Registered> byName(List<Registered> clients) {
    return clients.stream().sorted(Comparator.comparing(one -> one.client().name())).toList();
  }

  private static List<ApiKey> orphans(ClientRegistry.Directory directory) {
    List<String> names = directory.clients().stream().map(one -> one.client().name()).toList();
    return directory.keys().stream().filter(key -> !names.contains(key.client())).toList();
  }

  private static String stateOf(Registered client) {
    if (client.forgottenAt() != null) {
      return "forgotten";
    }
    return client.client().enabled() ? "enabled" : "disabled";
  }

  private static String stateOf(ApiKey key, Instant now) {
    if (key.disabledAt() == null) {
      return key.enabled() ? "enabled" : "disabled";
    }
    return (key.isDisabled(now) ? "disabled since " : "stops at ")
        + Times.timestamp(key.disabledAt());
  }

  private String newApiKey() {
    return API_KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes());
  }

  private String newWebhookSecret() {
    return WEBHOOK_SECRET_PREFIX + Base64.getEncoder().encodeToString(randomBytes());
  }

  private byte[] randomBytes() {
    var bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private static ObjectNode json() {
    return JsonNodeFactory.instance.objectNode();
  }
}
