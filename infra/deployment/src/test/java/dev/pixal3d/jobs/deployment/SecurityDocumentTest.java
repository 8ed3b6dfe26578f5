package dev.pixal3d.jobs.deployment;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SECURITY.md names what there is: tests, classes, resources, files, and what each role may do. */
class SecurityDocumentTest {
  private static final String DOCUMENT = Repository.read("SECURITY.md");

  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*(?:Test|IT|Contract)\\.\\w+)`");
  private static final Pattern CLASS_OR_RESOURCE =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*)(?:=[^`]*)?`");
  private static final Pattern LOGICAL_ID = Pattern.compile("(?m)^  ([A-Z]\\w+):$");
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)[^)]*\\)");
  private static final Pattern LINK_WITHIN = Pattern.compile("]\\(#([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
  private static final Pattern FLOW = Pattern.compile("-- \"(\\d+): ");
  private static final Pattern FLOWS_HEADING = Pattern.compile("(?m)^### (\\d+)\\. ");
  private static final Pattern ACTION = Pattern.compile("`((?:dynamodb|sqs|secretsmanager):\\w+)`");

  private static final Pattern ANNOTATION = Pattern.compile("@(?:Parameterized)?Test\\b");

  /** The project's Java files by the names of their classes. */
  private static final Map<String, List<Path>> SOURCES = sources();

  private static Map<String, List<Path>> sources() {
    return Stream.of("functions", "infra")
        .flatMap(SecurityDocumentTest::javaFilesIn)
        .collect(groupingBy(file -> file.getFileName().toString().replace(".java", "")));
  }

  private static Stream<Path> javaFilesIn(String folder) {
    try (Stream<Path> files = Files.walk(Repository.file(folder))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> tests() {
    return found(TEST);
  }

  @ParameterizedTest
  @MethodSource("tests")
  void aTestThatItNamesIsThere(String test) {
    String type = test.substring(0, test.indexOf('.'));
    String method = test.substring(test.indexOf('.') + 1);

    assertThat(SOURCES.getOrDefault(type, List.of()))
        .as("A file of %s with a test %s", type, method)
        .anyMatch(file -> isTest(method, Repository.read(file)));
  }

  /** What stands before a method without an empty line between belongs to it. */
  private static boolean isTest(String method, String source) {
    int at = source.indexOf(" void " + method + "(");
    return at >= 0
        && ANNOTATION.matcher(source.substring(source.lastIndexOf("\n\n", at), at)).find();
  }

  @Test
  void aClassParameterOrResourceThatItNamesIsThere() {
    Set<String> known = new TreeSet<>(SOURCES.keySet());
    known.addAll(found(LOGICAL_ID, Repository.read("template.yaml")));

    assertThat(found(CLASS_OR_RESOURCE)).isNotEmpty().isSubsetOf(known);
  }

  @Test
  void itsLinksLeadSomewhere() {
    assertThat(found(LINK))
        .isNotEmpty()
        .allSatisfy(link -> assertThat(Repository.file(link)).exists());
    assertThat(
            found(HEADING).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT).replace(' ', '-')))
        .containsAll(found(LINK_WITHIN));
  }

  @Test
  void everyFlowOfItsDiagramIsWalkedThrough() {
    assertThat(found(FLOW)).hasSizeGreaterThan(9).isEqualTo(found(FLOWS_HEADING));
  }

  private static Set<String> functions() {
    return ExpandedTemplate.byDefault().functions();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void itTellsWhatTheRoleOfAFunctionMayDo(String function) {
    String row =
        DOCUMENT
            .lines()
            .filter(line -> line.startsWith("| `" + function + "` |"))
            .findFirst()
            .orElse("There is none.");
    Set<String> allowed =
        ExpandedTemplate.actions(ExpandedTemplate.byDefault().permissionsOf(function));
    allowed.removeIf(action -> action.startsWith("logs:"));

    assertThat(found(ACTION, row)).isEqualTo(allowed);
  }

  private static Set<String> found(Pattern pattern) {
    return found(pattern, DOCUMENT);
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(toCollection(TreeSet::new));
  }
}
