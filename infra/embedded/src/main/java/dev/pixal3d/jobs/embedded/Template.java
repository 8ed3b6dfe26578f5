package dev.pixal3d.jobs.embedded;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A SAM template, read far enough to bring up the same system without AWS: its functions with their
 * routes and queues, its table, its schedules.
 *
 * <p>Nothing is skipped in silence. A resource, a property or an event that is neither understood
 * here nor on the list of what has no meaning outside AWS ends in a {@link TemplateException}.
 */
public final class Template {
  /** Permissions, host names, logs, secrets and alarms: there is nothing to bring up for them. */
  private static final Set<String> PASSED_OVER =
      Set.of(
          "AWS::ApiGatewayV2::ApiMapping",
          "AWS::ApiGatewayV2::DomainName",
          "AWS::CloudFormation::Stack",
          "AWS::CloudWatch::Alarm",
          "AWS::CloudWatch::CompositeAlarm",
          "AWS::CloudWatch::Dashboard",
          "AWS::IAM::ManagedPolicy",
          "AWS::IAM::Policy",
          "AWS::IAM::Role",
          "AWS::Logs::LogGroup",
          "AWS::Logs::MetricFilter",
          "AWS::SNS::Subscription",
          "AWS::SNS::Topic",
          "AWS::SNS::TopicPolicy",
          "AWS::SQS::QueuePolicy",
          "AWS::SecretsManager::Secret");

  private final Document document;
  private final Map<String, String> parameterOverrides;
  private final PhysicalIds idsBeforeStart;
  private final List<FunctionResource> functions;
  private final List<QueueResource> queues;
  private final TableResource table;
  private final List<ScheduleResource> schedules;

  private Template(Path file, Map<String, String> parameterOverrides) {
    this.document = new Document(file);
    this.parameterOverrides = Map.copyOf(parameterOverrides);
    this.idsBeforeStart =
        document.resources(parameterOverrides, PhysicalIds.none()).stream()
            .map(Resource::idsBeforeStart)
            .reduce(PhysicalIds.none(), PhysicalIds::with);
    ResourceReader reader =
        new ResourceReader(file, document.resources(parameterOverrides, idsBeforeStart));
    reader.requireKnownTypes(PASSED_OVER);
    this.functions = reader.functions();
    this.queues = reader.queues();
    this.table = reader.table();
    this.schedules = reader.schedules();
  }

  /**
   * Reads a template with its parameters' defaults.
   *
   * @throws TemplateException if the file cannot be read, or holds what is not understood
   */
  public static Template load(Path templateYaml) {
    return load(templateYaml, Map.of());
  }

  /**
   * Reads a template.
   *
   * @param parameterOverrides values of parameters, in place of their defaults
   * @throws TemplateException if the file cannot be read, or holds what is not understood
   */
  public static Template load(Path templateYaml, Map<String, String> parameterOverrides) {
    return new Template(templateYaml, parameterOverrides);
  }

  /** The template's parameters by name, in its order. */
  public Map<String, Parameter> parameters() {
    return Collections.unmodifiableMap(document.parameters());
  }

  /** Its functions, in its order. */
  public List<FunctionResource> functions() {
    return functions;
  }

  /** Its queues, in its order, those for dead letters among them. */
  public List<QueueResource> queues() {
    return queues;
  }

  /** Its one table. */
  public TableResource table() {
    return table;
  }

  /** Its schedules, in its order. */
  public List<ScheduleResource> schedules() {
    return schedules;
  }

  /**
   * The environment variables that a function gets, its intrinsic functions evaluated.
   *
   * @param parameterOverrides values of parameters, in place of those that the template was loaded
   *     with
   * @param ids the values of the resources that it refers to; a resource that is not brought up
   *     here, such as a secret, needs one too (see {@link PhysicalIds#with(String, String)})
   * @throws TemplateException if a variable refers to what has no value, or a parameter is unknown
   */
  public Map<String, String> environmentOf(
      FunctionResource function, Map<String, String> parameterOverrides, PhysicalIds ids) {
    Map<String, String> values = new HashMap<>(this.parameterOverrides);
    values.putAll(parameterOverrides);
    Section properties =
        document.resources(values, idsBeforeStart.with(ids)).stream()
            .filter(resource -> resource.logicalId().equals(function.logicalId()))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "The template has no function " + function.logicalId()))
            .properties();
    Map<String, String> environment = new LinkedHashMap<>();
    properties
        .find("Environment")
        .map(section -> section.get("Variables").members())
        .orElse(Map.of())
        .forEach((name, value) -> environment.put(name, value.text()));
    return environment;
  }

  PhysicalIds idsBeforeStart() {
    return idsBeforeStart;
  }
}
