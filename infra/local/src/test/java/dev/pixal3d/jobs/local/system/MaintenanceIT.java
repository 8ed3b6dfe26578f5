package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The maintenance switch ACCEPT_SUBMITS. */
class MaintenanceIT {

  @Test
  void whileItIsOffTheModelIsNotFound() {
    try (RunningStack stack = RunningStack.Launch.usual().with("ACCEPT_SUBMITS", "false").start()) {
      Answer answer = stack.client().submit();

      assertThat(answer.code()).isEqualTo(400);
      assertThat(answer.json())
          .isEqualTo(
              Answer.parse(
                  """
                  {
                    "error": "Model not found",
                    "message": "Model 'pixal3d' not found or is disabled"
                  }
                  """));
    }
  }
}
