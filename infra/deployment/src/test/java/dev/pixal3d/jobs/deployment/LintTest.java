package dev.pixal3d.jobs.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LintTest {
  @Test
  void cfnLintHasNothingToSayOfTheTemplates() {
    Repository.Result lint =
        Repository.run(List.of("cfn-lint", "template.yaml", "infra/monitoring.yaml"));
    assumeTrue(lint.exitCode() != 127, "Skipped: cfn-lint is not installed (pip install cfn-lint)");

    assertThat(lint.output()).isEmpty();
    assertThat(lint.exitCode()).isZero();
  }
}
