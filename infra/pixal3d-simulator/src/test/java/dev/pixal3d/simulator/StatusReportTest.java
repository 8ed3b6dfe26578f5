package dev.pixal3d.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.simulator.Job.Ending;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The shape of what is told of a job, member by member as on the page. */
final class StatusReportTest {
  private static final String ID = "pixal3d_019d0000-0000-7000-8000-000000000000";
  private static final Instant ACCEPTED = Instant.parse("2026-05-22T13:17:32.110Z");
  private static final Instant ENDED = Instant.parse("2026-05-22T13:19:23.999Z");
  private static final Job QUEUED =
      Job.accepted(ID, Json.MAPPER.createObjectNode(), null, ACCEPTED);

  @Test
  void of_a_queued_job() throws Exception {
    assertThat(Json.MAPPER.readTree(json(QUEUED)))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {
                  "request_id": "pixal3d_019d0000-0000-7000-8000-000000000000",
                  "status": "QUEUED",
                  "model_id": "pixal3d",
                  "error": null,
                  "output": null,
                  "created_at": "2026-05-22T13:17:32.110Z",
                  "updated_at": "2026-05-22 13:17:32",
                  "completed_at": null
                }
                """));
  }

  @Test
  void of_a_completed_job() throws Exception {
    assertThat(Json.MAPPER.readTree(json(QUEUED.ended(Ending.completed("x.glb"), ENDED))))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {
                  "request_id": "pixal3d_019d0000-0000-7000-8000-000000000000",
                  "status": "COMPLETED",
                  "model_id": "pixal3d",
                  "error": null,
                  "output": {
                    "media_url": ["https://media.example/media/v1/%s/output.glb"],
                    "media_type": "model/glb"
                  },
                  "created_at": "2026-05-22T13:17:32.110Z",
                  "updated_at": "2026-05-22 13:19:23",
                  "completed_at": "2026-05-22 13:19:23"
                }
                """
                    .formatted(ID)));
  }

  @Test
  void of_a_failed_job() throws Exception {
    assertThat(Json.MAPPER.readTree(json(QUEUED.ended(Ending.failed("No picture."), ENDED))))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {
                  "request_id": "pixal3d_019d0000-0000-7000-8000-000000000000",
                  "status": "FAILED",
                  "model_id": "pixal3d",
                  "error": "No picture.",
                  "output": null,
                  "created_at": "2026-05-22T13:17:32.110Z",
                  "updated_at": "2026-05-22 13:19:23",
                  "completed_at": "2026-05-22 13:19:23"
                }
                """));
  }

  private static byte[] json(Job job) {
    return Json.bytes(StatusReport.of(job, "https://media.example"));
  }
}
