package dev.pixal3d.jobs.core.store;

import static dev.pixal3d.jobs.core.store.DynamoDbClientStore.CLIENT_PREFIX;
import static dev.pixal3d.jobs.core.store.DynamoDbClientStore.DISABLED_AT;
import static dev.pixal3d.jobs.core.store.DynamoDbClientStore.ENABLED;
import static dev.pixal3d.jobs.core.store.DynamoDbClientStore.KEY_PREFIX;
import static dev.pixal3d.jobs.core.store.DynamoDbClientStore.NAME;
import static dev.pixal3d.jobs.core.store.DynamoDbClientStore.WEBHOOK_SECRETS;
import static dev.pixal3d.jobs.core.store.Table.attribute;
import static dev.pixal3d.jobs.core.store.Table.number;
import static dev.pixal3d.jobs.core.store.Table.text;

import dev.pixal3d.jobs.core.store.ClientStore.Client;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Clients and their API keys as an operator sees and changes them. Attributes that are not known
 * here stay as they are, so that what was made by hand is kept.
 *
 * <p>Lists are found by reading the whole table (Scan with a filter), for there is no index of
 * clients: one read unit for each 4 KB of all jobs. Everything else costs one write.
 */
public final class ClientRegistry {
  /** How many hex digits of its SHA-256 name a key. */
  public static final int KEY_ID_LENGTH = 12;

  private static final String FORGOTTEN_AT = "forgotten_at";

  private final Table table;

  public ClientRegistry(DynamoDbClient dynamoDb, String tableName) {
    this.table = new Table(dynamoDb, tableName);
  }

  /**
   * An API key, of which only the hash is known.
   *
   * @param sha256 of the key, in hex
   * @param client whose it is
   * @param enabled false if it is refused, whatever the time
   * @param disabledAt since when it is refused, or from when on; null if it is not to be
   */
  public record ApiKey(
      String sha256, String client, boolean enabled, @Nullable Instant disabledAt) {
    /** Names it in what operators see and type. */
    public String id() {
      return sha256.substring(0, Math.min(KEY_ID_LENGTH, sha256.length()));
    }

    /** Whether it is refused at this time. */
    public boolean isDisabled(Instant now) {
      return !enabled || (disabledAt != null && !now.isBefore(disabledAt));
    }
  }

  /**
   * A client and what operators know of it.
   *
   * @param forgottenAt when its data was forgotten; null if it was not. Its name stays taken
   */
  public record Registered(Client client, @Nullable Instant forgottenAt) {}

  /** What the table knows of who may do what. */
  public record Directory(List<Registered> clients, List<ApiKey> keys) {
    public Directory {
      clients = List.copyOf(clients);
      keys = List.copyOf(keys);
    }
  }

  /** The client of a name, if there is one (a consistent read). */
  public Optional<Registered> find(String name) {
    return table.get(DynamoDbClientStore.clientItemKey(name), true).map(ClientRegistry::registered);
  }

  /** Everybody, and all keys. Reads the whole table. */
  public Directory list() {
    var clients = new ArrayList<Registered>();
    var keys = new ArrayList<ApiKey>();
    try {
      for (Map<String, AttributeValue> item :
          table
              .client()
              .scanPaginator(scan ->
                  scan.tableName(table.name())
                      .consistentRead(true)
                      .filterExpression(
                          "begins_with(request_id, :client) OR begins_with(request_id, :key)")
                      .expressionAttributeValues(
                          Map.of(":client", text(CLIENT_PREFIX), ":key", text(KEY_PREFIX))))
              .items()) {
        if (attribute(item, Table.KEY).s().startsWith(KEY_PREFIX)) {
          keys.add(apiKey(item));
        } else {
          clients.add(registered(item));
        }
      }
    } catch (SdkException e) {
      throw new StoreException("Listing clients and keys failed: " + e.getMessage(), e);
    }
    return new Directory(clients, keys);
  }

  /**
   * Makes a client.
   *
   * @return whether it was made; false if there is one of that name
   */
  public boolean create(Client client) {
    return putNew(
        Map.of(
            Table.KEY,
            text(DynamoDbClientStore.clientItemKey(client.name())),
            Table.SCHEMA,
            number(DynamoDbClientStore.SCHEMA),
            NAME,
            text(client.name()),
            ENABLED,
            AttributeValue.fromBool(client.enabled()),
            WEBHOOK_SECRETS,
            secrets(client.webhookSecrets())));
  }

  /** Lets a new key speak for a client; the key as it is known from now on. */
  public ApiKey addKey(String apiKey, String clientName) {
    Map<String, AttributeValue> item =
        Map.of(
            Table.KEY,
            text(DynamoDbClientStore.keyItemKey(apiKey)),
            Table.SCHEMA,
            number(DynamoDbClientStore.SCHEMA),
            NAME,
            text(clientName));
    if (!putNew(item)) {
      throw new StoreException("There is such a key already.", null);
    }
    return apiKey(item);
  }

  /**
   * Has a key refused at once, whatever the clocks of those who ask.
   *
   * @param now for who reads the list
   * @return whether the key was there
   */
  public boolean disableKey(ApiKey key, Instant now) {
    return update(
        KEY_PREFIX + key.sha256(),
        "SET " + ENABLED + " = :no, " + DISABLED_AT + " = :now",
        Map.of(":no", AttributeValue.fromBool(false), ":now", number(now.toEpochMilli())));
  }

  /**
   * Has a key refused from a time on, by the clocks of those who ask.
   *
   * @return whether the key was there
   */
  public boolean stopKey(ApiKey key, Instant at) {
    return update(
        KEY_PREFIX + key.sha256(),
        "SET " + DISABLED_AT + " = :at",
        Map.of(":at", number(at.toEpochMilli())));
  }

  /**
   * Lets a key in again.
   *
   * @return whether the key was there
   */
  public boolean enableKey(ApiKey key) {
    return update(KEY_PREFIX + key.sha256(), "REMOVE " + ENABLED + ", " + DISABLED_AT, Map.of());
  }

  /**
   * Lets a client do things, or not.
   *
   * @return whether the client was there
   */
  public boolean enable(String clientName, boolean enabled) {
    return update(
        DynamoDbClientStore.clientItemKey(clientName),
        "SET " + ENABLED + " = :enabled",
        Map.of(":enabled", AttributeValue.fromBool(enabled)));
  }

  /**
   * Changes what a client's webhooks are signed with, if nobody else did meanwhile.
   *
   * @param before as they were read
   * @param after newest first
   * @return whether they were changed
   */
  public boolean changeWebhookSecrets(String clientName, List<String> before, List<String> after) {
    String itemKey = DynamoDbClientStore.clientItemKey(clientName);
    return isWritten(
        itemKey,
        () ->
            update(
                itemKey,
                "SET " + WEBHOOK_SECRETS + " = :after",
                before.isEmpty()
                    ? "attribute_not_exists(webhook_secrets) OR size(webhook_secrets) = :none"
                    : "webhook_secrets = :before",
                before.isEmpty()
                    ? Map.of(":after", secrets(after), ":none", number(0))
                    : Map.of(":after", secrets(after), ":before", secrets(before))),
        found -> secrets(after).equals(found.get(WEBHOOK_SECRETS)));
  }

  /**
   * Takes from a client all that it could do, for ever: disabled, without secrets, its name taken.
   *
   * @return whether the client was there
   */
  public boolean forget(String clientName, Instant now) {
    return update(
        DynamoDbClientStore.clientItemKey(clientName),
        "SET enabled = :no, webhook_secrets = :none,"
            + " forgotten_at = if_not_exists(forgotten_at, :now)",
        Map.of(
            ":no", AttributeValue.fromBool(false),
            ":none", secrets(List.of()),
            ":now", number(now.toEpochMilli())));
  }

  private boolean putNew(Map<String, AttributeValue> item) {
    return isWritten(attribute(item, Table.KEY).s(), () -> table.putNew(item), item::equals);
  }

  /**
   * Makes a conditional write. The SDK repeats one whose answer it missed, and the repeated one
   * fails on what the first one wrote: so what is there tells whose it is, as secrets are random.
   *
   * @param isOwn whether an item is as the write was to leave it
   */
  private boolean isWritten(
      String itemKey, BooleanSupplier write, Predicate<Map<String, AttributeValue>> isOwn) {
    try {
      return write.getAsBoolean() || table.get(itemKey, true).filter(isOwn).isPresent();
    } catch (StoreException e) {
      if (table.get(itemKey, true).filter(isOwn).isPresent()) {
        return true;
      }
      throw e;
    }
  }

  private boolean update(String itemKey, String expression, Map<String, AttributeValue> values) {
    return update(itemKey, expression, "attribute_exists(request_id)", values);
  }

  private boolean update(
      String itemKey, String expression, String condition, Map<String, AttributeValue> values) {
    return Table.ifConditionHolds(
        itemKey,
        () ->
            table
                .client()
                .updateItem(update ->
                    update
                        .tableName(table.name())
                        .key(Map.of(Table.KEY, text(itemKey)))
                        .updateExpression(expression)
                        .conditionExpression("attribute_exists(request_id) AND (" + condition + ")")
                        .expressionAttributeValues(values.isEmpty() ? null : values)));
  }

  private static AttributeValue secrets(List<String> secrets) {
    return AttributeValue.fromL(secrets.stream().map(Table::text).toList());
  }

  private static Registered registered(Map<String, AttributeValue> item) {
    return new Registered(DynamoDbClientStore.client(item), time(item, FORGOTTEN_AT));
  }

  private static ApiKey apiKey(Map<String, AttributeValue> item) {
    return new ApiKey(
        attribute(item, Table.KEY).s().substring(KEY_PREFIX.length()),
        item.getOrDefault(NAME, text("")).s(),
        DynamoDbClientStore.isKeyEnabled(item),
        time(item, DISABLED_AT));
  }

  private static @Nullable Instant time(Map<String, AttributeValue> item, String name) {
    AttributeValue millis = item.get(name);
    return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis.n()));
  }
}
