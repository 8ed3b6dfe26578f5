package dev.pixal3d.jobs.local;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.config.Setting;
import dev.pixal3d.jobs.embedded.Parameter;
import dev.pixal3d.jobs.embedded.PhysicalIds;
import dev.pixal3d.jobs.embedded.QueueResource;
import dev.pixal3d.jobs.embedded.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** README.md, template.yaml, pom.xml and the code name the same settings, files and modules. */
class ReadmeTest {
  private static final Path REPOSITORY = Path.of("../..");
  private static final String README = read("README.md");
  private static final Template TEMPLATE = Template.load(REPOSITORY.resolve("template.yaml"));

  private static final String TABLE_HEAD = "| Name | Default | Meaning |\n| --- | --- | --- |\n";
  private static final Pattern LINK_TO_FILE = Pattern.compile("]\\((?!https?:|#)([^)]+)\\)");
  private static final Pattern LINK_TO_HEADING = Pattern.compile("]\\(#([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");

  /** Stands in a function's environment for the name of whatever the stack makes. */
  private static final String MADE_BY_THE_STACK = "made by the stack";

  /** What each function finds in its environment if each parameter's value is its own name. */
  private static final List<Map<String, String>> ENVIRONMENTS = environments();

  @Test
  void readme_lists_every_setting_with_its_default_and_meaning() {
    String table =
        Arrays.stream(Setting.values()).map(ReadmeTest::row).collect(joining("", TABLE_HEAD, ""));

    assertThat(tableIn(README))
        .as("The table of settings in README.md, which is to be:\n\n%s", table)
        .isEqualTo(table);
  }

  private static String tableIn(String text) {
    int begin = text.indexOf(TABLE_HEAD);
    int end = text.indexOf("\n\n", begin);
    return begin < 0 || end < 0 ? "There is none." : text.substring(begin, end + 1);
  }

  private static String row(Setting setting) {
    String value = setting.defaultValue();
    String shown = value == null ? "none" : value.isEmpty() ? "empty" : "`" + value + "`";
    return "| `%s` | %s | %s |\n".formatted(setting, shown, setting.meaning());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"ALLOW_LOOPBACK", "CLOCKS_APART_SECONDS"})
  void every_function_gets_a_setting_from_the_parameter_of_its_name_or_from_the_stack(
      Setting setting) {
    assertThat(ENVIRONMENTS)
        .isNotEmpty()
        .allSatisfy(environment ->
            assertThat(environment)
                .extractingByKey(setting.name())
                .isIn(parameterName(setting), MADE_BY_THE_STACK));
  }

  @Test
  void no_function_is_told_to_allow_loopback() {
    assertThat(ENVIRONMENTS)
        .isNotEmpty()
        .noneMatch(environment -> environment.containsKey("ALLOW_LOOPBACK"));
  }

  @Test
  void a_parameter_has_the_default_of_the_setting_of_its_name() {
    assertThat(settingsToChoose())
        .isNotEmpty()
        .allSatisfy(setting ->
            assertThat(TEMPLATE.parameters())
                .extractingByKey(parameterName(setting))
                .extracting(Parameter::defaultValue)
                .isEqualTo(setting.defaultValue()));
  }

  @Test
  void every_link_leads_to_a_file_or_folder() {
    assertThat(found(LINK_TO_FILE, README))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(REPOSITORY.resolve(link)).exists());
  }

  @Test
  void every_link_within_the_readme_leads_to_a_heading() {
    assertThat(found(HEADING, README))
        .extracting(ReadmeTest::anchor)
        .containsAll(found(LINK_TO_HEADING, README));
  }

  @Test
  void readme_tells_of_every_module() {
    assertThat(found(LINK_TO_FILE, README)).containsAll(found(MODULE, read("pom.xml")));
  }

  private static List<Map<String, String>> environments() {
    PhysicalIds ids =
        Stream.concat(
                Stream.of("CallbackSecret", TEMPLATE.table().logicalId()),
                TEMPLATE.queues().stream().map(QueueResource::logicalId))
            .reduce(
                PhysicalIds.none(),
                (all, id) -> all.with(id, MADE_BY_THE_STACK),
                PhysicalIds::with);
    Map<String, String> parameters =
        settingsToChoose().stream()
            .map(ReadmeTest::parameterName)
            .collect(toMap(Function.identity(), Function.identity()));
    return TEMPLATE.functions().stream()
        .map(function -> TEMPLATE.environmentOf(function, parameters, ids))
        .toList();
  }

  private static List<Setting> settingsToChoose() {
    return Arrays.stream(Setting.values())
        .filter(setting -> TEMPLATE.parameters().containsKey(parameterName(setting)))
        .toList();
  }

  /** {@code FIRST_POLL_SECONDS} -> {@code FirstPollSeconds}. */
  private static String parameterName(Setting setting) {
    return Arrays.stream(setting.name().split("_", -1))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(joining());
  }

  /** What GitHub makes of a heading: lower case, only letters, digits, hyphens and spaces. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).distinct().toList();
  }

  private static String read(String file) {
    try {
      return Files.readString(REPOSITORY.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
