package dev.pixal3d.jobs.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.pixal3d.jobs.core.upstream.RetryAfter;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.pixal3d.jobs.core");

  @Test
  void the_core_knows_nothing_of_lambda() {
    noClasses().should().dependOnClassesThat().resideInAPackage("com.amazonaws..").check(CORE);
  }

  @Test
  void the_rules_of_a_job_are_pure_they_use_nothing_but_values() {
    classes()
        .that()
        .resideInAPackage("..core.job..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "..core.job..",
            "java.lang..",
            "java.util",
            "java.util.regex",
            "java.util.function",
            "java.util.stream",
            "java.time..",
            "java.net",
            "org.jspecify..")
        .check(CORE);
  }

  @Test
  void the_rules_of_a_job_read_no_clock_and_draw_no_lots() {
    noClasses()
        .that()
        .resideInAPackage("..core.job..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.(.*Random.*|UUID)|java\\.net\\.(?!URI).*")
        .check(CORE);
  }

  @Test
  void aws_stands_behind_the_ports_and_what_puts_the_parts_together() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "..core.store..", "..core.queue..", "..core.secrets..", "dev.pixal3d.jobs.core")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon.awssdk..")
        .check(CORE);
  }

  @Test
  void what_sends_webhooks_knows_nothing_of_jobs() {
    classes()
        .that()
        .resideInAPackage("..core.webhook..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "..core.webhook..",
                    "..core.net..",
                    "java..",
                    "javax.crypto..",
                    "javax.net..",
                    "org.apache.hc..",
                    "org.jspecify..")
                .or(belongToAnyOf(RetryAfter.class)))
        .check(CORE);
  }

  @Test
  void strangers_addresses_are_called_by_what_sends_webhooks_only() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..core.webhook..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.hc..")
        .check(CORE);
  }

  @Test
  void no_two_packages_depend_on_each_other() {
    slices().matching("dev.pixal3d.jobs.core.(*)..").should().beFreeOfCycles().check(CORE);
  }
}
