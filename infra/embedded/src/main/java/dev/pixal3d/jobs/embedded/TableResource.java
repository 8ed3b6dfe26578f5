package dev.pixal3d.jobs.embedded;

import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/**
 * The table of the template.
 *
 * @param logicalId its name in the template
 * @param attributes the attributes that its keys name
 * @param key its primary key
 * @param indexes its global secondary indexes
 * @param timeToLiveAttribute the attribute that holds when an item expires, in seconds since 1970;
 *     null if items do not expire
 */
public record TableResource(
    String logicalId,
    List<Attribute> attributes,
    List<KeyElement> key,
    List<Index> indexes,
    @Nullable String timeToLiveAttribute) {
  public TableResource {
    attributes = List.copyOf(attributes);
    key = List.copyOf(key);
    indexes = List.copyOf(indexes);
  }

  /**
   * An attribute that a key names.
   *
   * @param name its name
   * @param type {@code S}, {@code N} or {@code B}
   */
  public record Attribute(String name, String type) {}

  /**
   * One part of a key.
   *
   * @param attribute the name of the attribute
   * @param type {@code HASH} or {@code RANGE}
   */
  public record KeyElement(String attribute, String type) {}

  /**
   * A global secondary index.
   *
   * @param name its name
   * @param key its key
   * @param projection {@code KEYS_ONLY} or {@code ALL}
   */
  public record Index(String name, List<KeyElement> key, String projection) {
    public Index {
      key = List.copyOf(key);
    }
  }

  /**
   * What makes such a table.
   *
   * @param tableName what it is called
   */
  public CreateTableRequest creation(String tableName) {
    return CreateTableRequest.builder()
        .tableName(tableName)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(attributes.stream().map(TableResource::definition).toList())
        .keySchema(schema(key))
        .globalSecondaryIndexes(indexes.stream().map(TableResource::creation).toList())
        .build();
  }

  private static AttributeDefinition definition(Attribute attribute) {
    return AttributeDefinition.builder()
        .attributeName(attribute.name())
        .attributeType(attribute.type())
        .build();
  }

  private static List<KeySchemaElement> schema(List<KeyElement> key) {
    return key.stream()
        .map(element ->
            KeySchemaElement.builder()
                .attributeName(element.attribute())
                .keyType(element.type())
                .build())
        .toList();
  }

  private static GlobalSecondaryIndex creation(Index index) {
    return GlobalSecondaryIndex.builder()
        .indexName(index.name())
        .keySchema(schema(index.key()))
        .projection(projection -> projection.projectionType(index.projection()))
        .build();
  }
}
