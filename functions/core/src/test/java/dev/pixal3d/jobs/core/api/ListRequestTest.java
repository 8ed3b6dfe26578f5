package dev.pixal3d.jobs.core.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.testing.Jobs;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListRequestTest {
  @Test
  void without_parameters_it_is_the_newest_twenty() {
    assertThat(ListRequest.read(Map.of()))
        .isEqualTo(new ListRequest.Valid(new ListRequest(null, 20, null)));
  }

  @Test
  void a_cursor_leads_on_from_where_it_was_given() {
    String cursor = ListRequest.cursor(Jobs.id(7));

    assertThat(ListRequest.read(Map.of("cursor", cursor, "limit", "100", "status", "FAILED")))
        .isEqualTo(new ListRequest.Valid(new ListRequest(JobStatus.FAILED, 100, Jobs.id(7))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 99, 100})
  void a_page_looks_at_1_to_100_jobs(int limit) {
    assertThat(ListRequest.read(Map.of("limit", "" + limit)))
        .isEqualTo(new ListRequest.Valid(new ListRequest(null, limit, null)));
  }

  @ParameterizedTest
  @CsvSource({
    "limit, 0",
    "limit, 101",
    "limit, -1",
    "limit, 1.5",
    "limit, ten",
    "limit, 99999999999",
    "status, completed",
    "status, DONE",
    "status, ''",
    "cursor, xyz",
    "cursor, '%%%'",
    "cursor, Y2xpZW50I2FjbWU",
    "cursor, ''",
    "limits, 3",
  })
  void says_what_is_wrong_with_a_parameter(String name, String value) {
    assertThat(ListRequest.read(Map.of(name, value)))
        .isInstanceOfSatisfying(
            ListRequest.Invalid.class,
            invalid -> assertThat(invalid.faults()).extracting(Fault::field).containsExactly(name));
  }

  @Test
  void tells_all_faults_at_once() {
    assertThat(ListRequest.read(Map.of("limit", "0", "status", "x", "cursor", "y")))
        .isInstanceOfSatisfying(
            ListRequest.Invalid.class, invalid -> assertThat(invalid.faults()).hasSize(3));
  }
}
