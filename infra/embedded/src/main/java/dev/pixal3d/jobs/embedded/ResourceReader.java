package dev.pixal3d.jobs.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Turns the template's resources into what they mean here. */
final class ResourceReader {
  private static final Pattern HANDLER = Pattern.compile("([\\w.$]+)::handleRequest");
  private static final Pattern RATE =
      Pattern.compile("rate\\(([1-9][0-9]{0,5}) (minute|hour|day)s?\\)");

  /** Lambda's own default, in seconds (developer guide, "Configure Lambda function timeout"). */
  private static final int DEFAULT_TIMEOUT = 3;

  /** Lambda's own default, in MB (developer guide, "Configure Lambda function memory"). */
  private static final int DEFAULT_MEMORY = 128;

  /** SQS's own default, in seconds (developer guide, "Visibility timeout"). */
  private static final int DEFAULT_VISIBILITY = 30;

  private final Path file;
  private final List<Resource> resources;

  ResourceReader(Path file, List<Resource> resources) {
    this.file = file;
    this.resources = resources;
  }

  /** Refuses resources that would otherwise silently be missing. */
  void requireKnownTypes(Set<String> passedOver) {
    Set<String> understood =
        Set.of(
            Resource.FUNCTION,
            Resource.HTTP_API,
            Resource.QUEUE,
            Resource.TABLE,
            Resource.SCHEDULE);
    for (Resource resource : resources) {
      if (!understood.contains(resource.type()) && !passedOver.contains(resource.type())) {
        throw resource.properties().wrong("the type " + resource.type() + " is not understood");
      }
    }
    List<Resource> apis = ofType(Resource.HTTP_API).toList();
    if (apis.size() > 1) {
      throw wrong("one HTTP API is understood, not " + apis.size());
    }
    apis.forEach(api ->
        api.properties()
            .allowOnly(
                Set.of(),
                Set.of(
                    "AccessLogSettings",
                    "CorsConfiguration",
                    "DefaultRouteSettings",
                    "Description",
                    "Name",
                    "RouteSettings",
                    "StageName",
                    "Tags")));
  }

  List<FunctionResource> functions() {
    List<FunctionResource> functions = ofType(Resource.FUNCTION).map(this::function).toList();
    Set<Route> taken = new HashSet<>();
    for (FunctionResource function : functions) {
      for (Route route : function.routes()) {
        if (!taken.add(route)) {
          throw wrong(
              "the route "
                  + route.method()
                  + " "
                  + route.path()
                  + " of "
                  + function.logicalId()
                  + " is taken already");
        }
      }
    }
    return functions;
  }

  List<QueueResource> queues() {
    return ofType(Resource.QUEUE).map(this::queue).toList();
  }

  TableResource table() {
    List<Resource> tables = ofType(Resource.TABLE).toList();
    if (tables.size() != 1) {
      throw wrong("one table is expected, not " + tables.size());
    }
    return table(tables.getFirst());
  }

  List<ScheduleResource> schedules() {
    return ofType(Resource.SCHEDULE).map(this::schedule).toList();
  }

  private FunctionResource function(Resource resource) {
    Section properties = resource.properties();
    properties.allowOnly(
        Set.of("CodeUri", "Environment", "Events", "Handler", "MemorySize", "Timeout"),
        Set.of(
            "Architectures",
            "AutoPublishAlias",
            "AutoPublishAliasAllProperties",
            "DeploymentPreference",
            "Description",
            "FunctionName",
            "KmsKeyArn",
            "LoggingConfig",
            "Policies",
            "RecursiveLoop",
            "ReservedConcurrentExecutions",
            "Role",
            "Runtime",
            "SnapStart",
            "Tags",
            "Tracing",
            "VersionDescription"));
    List<Section> events =
        properties.find("Events").stream().flatMap(s -> s.members().values().stream()).toList();
    for (Section event : events) {
      if (!Set.of("HttpApi", "SQS").contains(event.get("Type").text())) {
        throw event.wrong(
            "an event of type "
                + event.get("Type").text()
                + " is not understood; HttpApi and SQS are");
      }
    }
    return new FunctionResource(
        resource.logicalId(),
        handlerClass(properties.get("Handler")),
        file.toAbsolutePath().resolveSibling(properties.get("CodeUri").text()).normalize(),
        seconds(properties, "Timeout", DEFAULT_TIMEOUT),
        properties.find("MemorySize").map(Section::integer).orElse(DEFAULT_MEMORY),
        ofEventType(events, "HttpApi", this::route),
        ofEventType(events, "SQS", this::queueSource));
  }

  private static <T> List<T> ofEventType(
      List<Section> events, String type, Function<Section, T> reader) {
    return events.stream()
        .filter(event -> event.get("Type").text().equals(type))
        .map(event -> reader.apply(event.get("Properties")))
        .toList();
  }

  private static String handlerClass(Section handler) {
    Matcher matcher = HANDLER.matcher(handler.text());
    if (!matcher.matches()) {
      throw handler.wrong(
          "a class and ::handleRequest are expected, not the handler " + handler.text());
    }
    return matcher.group(1);
  }

  private Route route(Section properties) {
    properties.allowOnly(Set.of("ApiId", "Method", "Path"), Set.of("TimeoutInMillis"));
    Optional<Section> path = properties.find("Path");
    Optional<Section> method = properties.find("Method");
    if (path.isEmpty() && method.isEmpty()) {
      return new Route("ANY", "$default");
    }
    if (path.isEmpty() || method.isEmpty()) {
      throw properties.wrong("Path and Method are expected together (or neither, for $default)");
    }
    return new Route(method.get().text().toUpperCase(Locale.ROOT), path.get().text());
  }

  private QueueSource queueSource(Section properties) {
    properties.allowOnly(
        Set.of("BatchSize", "FunctionResponseTypes", "Queue", "ScalingConfig"), Set.of());
    return new QueueSource(
        queueWithArn(properties.get("Queue")),
        properties.find("BatchSize").map(Section::integer).orElse(10),
        properties
            .find("ScalingConfig")
            .map(scaling -> scaling.get("MaximumConcurrency").integer())
            .orElse(1000),
        properties.find("FunctionResponseTypes").stream()
            .flatMap(types -> types.items().stream())
            .anyMatch(type -> type.text().equals("ReportBatchItemFailures")));
  }

  private QueueResource queue(Resource resource) {
    Section properties = resource.properties();
    properties.allowOnly(
        Set.of("RedrivePolicy", "VisibilityTimeout"),
        Set.of("KmsMasterKeyId", "MessageRetentionPeriod", "SqsManagedSseEnabled", "Tags"));
    Optional<Section> redrive = properties.find("RedrivePolicy");
    return new QueueResource(
        resource.logicalId(),
        seconds(properties, "VisibilityTimeout", DEFAULT_VISIBILITY),
        redrive.map(policy -> queueWithArn(policy.get("deadLetterTargetArn"))).orElse(null),
        redrive.map(policy -> policy.get("maxReceiveCount").integer()).orElse(0));
  }

  private static TableResource table(Resource resource) {
    Section properties = resource.properties();
    properties.allowOnly(
        Set.of(
            "AttributeDefinitions",
            "BillingMode",
            "GlobalSecondaryIndexes",
            "KeySchema",
            "TimeToLiveSpecification"),
        Set.of(
            "ContributorInsightsSpecification",
            "DeletionProtectionEnabled",
            "PointInTimeRecoverySpecification",
            "SSESpecification",
            "Tags"));
    Section billing = properties.get("BillingMode");
    if (!billing.text().equals("PAY_PER_REQUEST")) {
      throw billing.wrong("PAY_PER_REQUEST is expected, not " + billing.text());
    }
    return new TableResource(
        resource.logicalId(),
        properties.get("AttributeDefinitions").items().stream()
            .map(attribute ->
                new TableResource.Attribute(
                    attribute.get("AttributeName").text(), attribute.get("AttributeType").text()))
            .toList(),
        key(properties),
        properties.find("GlobalSecondaryIndexes").stream()
            .flatMap(indexes -> indexes.items().stream())
            .map(ResourceReader::index)
            .toList(),
        properties
            .find("TimeToLiveSpecification")
            .filter(ttl -> ttl.get("Enabled").flag())
            .map(ttl -> ttl.get("AttributeName").text())
            .orElse(null));
  }

  private static List<TableResource.KeyElement> key(Section section) {
    return section.get("KeySchema").items().stream()
        .map(element ->
            new TableResource.KeyElement(
                element.get("AttributeName").text(), element.get("KeyType").text()))
        .toList();
  }

  private static TableResource.Index index(Section section) {
    section.allowOnly(Set.of("IndexName", "KeySchema", "Projection"), Set.of());
    Section projection = section.get("Projection");
    projection.allowOnly(Set.of("ProjectionType"), Set.of());
    return new TableResource.Index(
        section.get("IndexName").text(), key(section), projection.get("ProjectionType").text());
  }

  private ScheduleResource schedule(Resource resource) {
    Section properties = resource.properties();
    properties.allowOnly(
        Set.of("FlexibleTimeWindow", "ScheduleExpression", "Target"),
        Set.of("Description", "GroupName", "Name"));
    Section target = properties.get("Target");
    target.allowOnly(Set.of("Arn", "Input"), Set.of("RetryPolicy", "RoleArn"));
    return new ScheduleResource(
        resource.logicalId(),
        rate(properties.get("ScheduleExpression")),
        queueWithArn(target.get("Arn")),
        target.get("Input").text());
  }

  private static Duration rate(Section expression) {
    Matcher matcher = RATE.matcher(expression.text());
    if (!matcher.matches()) {
      throw expression.wrong("rate(1 minute) or the like is expected, not " + expression.text());
    }
    long value = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "minute" -> Duration.ofMinutes(value);
      case "hour" -> Duration.ofHours(value);
      default -> Duration.ofDays(value);
    };
  }

  private static Duration seconds(Section properties, String name, int otherwise) {
    return Duration.ofSeconds(properties.find(name).map(Section::integer).orElse(otherwise));
  }

  private String queueWithArn(Section arn) {
    return ofType(Resource.QUEUE)
        .map(Resource::logicalId)
        .filter(id -> arn.text().endsWith(":" + id))
        .findFirst()
        .orElseThrow(() -> arn.wrong("there is no queue " + arn.text() + " in the template"));
  }

  private TemplateException wrong(String what) {
    return new TemplateException(file + ": " + what);
  }

  private Stream<Resource> ofType(String type) {
    return resources.stream().filter(resource -> resource.type().equals(type));
  }
}
