package dev.pixal3d.jobs.local;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.pixal3d");

  @Test
  void handlers_do_not_touch_dynamodb_or_sqs_or_the_network_themselves() {
    noClasses()
        .that()
        .implement(RequestHandler.class)
        .or()
        .resideInAPackage("dev.pixal3d.jobs.lambda..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk..", "java.net.http..")
        .check(ALL);
  }

  @Test
  void a_function_knows_no_other_function() {
    for (String function : new String[] {"submit", "status", "dispatch", "webhook", "poller"}) {
      noClasses()
          .that()
          .resideInAPackage("dev.pixal3d.jobs." + function + "..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "dev.pixal3d.jobs." + function + "..",
              "dev.pixal3d.jobs.core..",
              "dev.pixal3d.jobs.lambda..",
              "com.amazonaws..",
              "java..",
              "org.jspecify..")
          .check(ALL);
    }
  }

  @Test
  void what_is_deployed_knows_nothing_of_what_runs_it_locally() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.pixal3d.jobs.local..",
            "dev.pixal3d.jobs.runtime..",
            "dev.pixal3d.jobs.embedded..",
            "dev.pixal3d.simulator..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.pixal3d.jobs.local..",
            "dev.pixal3d.jobs.runtime..",
            "dev.pixal3d.jobs.embedded..",
            "dev.pixal3d.simulator..")
        .check(ALL);
  }

  @Test
  void the_simulator_knows_nothing_of_us() {
    noClasses()
        .that()
        .resideInAPackage("dev.pixal3d.simulator..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.pixal3d.jobs..")
        .check(ALL);
  }
}
