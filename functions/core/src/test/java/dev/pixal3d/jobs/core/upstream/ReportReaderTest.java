package dev.pixal3d.jobs.core.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Output;
import dev.pixal3d.jobs.core.job.Report;
import dev.pixal3d.jobs.core.upstream.ReportReader.Understood;
import dev.pixal3d.jobs.core.upstream.ReportReader.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {

  private static ReportReader.Result read(String body) {
    return ReportReader.read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static Report report(String body) {
    return switch (read(body)) {
      case Understood(Report report) -> report;
      case Unreadable(String why) -> throw new AssertionError(why);
    };
  }

  /** A report of this status with one more member. */
  private static String with(String status, String member) {
    return "{\"request_id\":\"id\",\"status\":\"" + status + "\"," + member + "}";
  }

  @Nested
  class The_pages_examples {
    @Test
    void completed() {
      assertThat(
              report(
                  """
                  {
                    "request_id": "pixal3d_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
                    "status": "COMPLETED",
                    "model_id": "pixal3d",
                    "error": null,
                    "output": {
                      "media_url": [
                        "https://pub-582b7213209642b9b995c96c95a30381.r2.dev/v1/pixal3d_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/output.glb"
                      ],
                      "media_type": "model/glb"
                    },
                    "created_at": "2026-05-22T13:17:32.110Z",
                    "updated_at": "2026-05-22 13:19:23",
                    "completed_at": "2026-05-22 13:19:23"
                  }
                  """))
          .isEqualTo(
              new Report(
                  "pixal3d_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
                  JobStatus.COMPLETED,
                  null,
                  new Output(
                      List.of(
                          "https://pub-582b7213209642b9b995c96c95a30381.r2.dev/v1/pixal3d_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx/output.glb"),
                      "model/glb"),
                  Instant.parse("2026-05-22T13:19:23Z")));
    }

    @Test
    void failed() {
      assertThat(
              report(
                  """
                  {
                    "request_id": "pixal3d_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
                    "status": "ERROR",
                    "model_id": "pixal3d",
                    "error": "Description of the error",
                    "output": null,
                    "created_at": "...",
                    "updated_at": "...",
                    "completed_at": "..."
                  }
                  """))
          .isEqualTo(
              new Report(
                  "pixal3d_019dxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx",
                  JobStatus.ERROR,
                  "Description of the error",
                  null,
                  null));
    }
  }

  @Nested
  class The_body {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "null",
          "[]",
          "\"id\"",
          "{",
          "{\"request_id\":\"id\",\"status\":\"QUEUED\"} x",
          "{\"request_id\":\"id\",\"status\":\"QUEUED\"}{}",
          "{\"request_id\":\"id\",\"status\":\"QUEUED\",}",
          "{'request_id':'id','status':'QUEUED'}",
          "{\"request_id\":\"id\",\"status\":\"QUEUED\",\"status\":\"COMPLETED\"}",
          "{\"request_id\":\"id\",\"status\":\"QUEUED\",\"output\":{\"a\":1,\"a\":2}}",
          "{\"request_id\":\"id\",\"status\":\"QUEUED\",\"x\":NaN}",
          "{\"request_id\":\"id\",\"status\":\"QUEUED\" /* so */}"
        })
    void must_be_one_json_object(String body) {
      assertThat(read(body)).isInstanceOf(Unreadable.class);
    }

    @Test
    void is_told_by_the_place_where_it_breaks_and_not_quoted() {
      assertThat(read("{\"request_id\":\"id\",\n\"secret\"}"))
          .isEqualTo(new Unreadable("not strict JSON (line 2, column 9)"));
    }

    @Test
    void must_be_utf_8() {
      byte[] utf16 = with("QUEUED", "\"x\":1").getBytes(StandardCharsets.UTF_16LE);
      assertThat(ReportReader.read(utf16)).isInstanceOf(Unreadable.class);
    }

    @Test
    void must_be_clean_utf_8() {
      byte[] latin1 = with("QUEUED", "\"error\":\"\u00fc\"").getBytes(StandardCharsets.ISO_8859_1);
      assertThat(ReportReader.read(latin1)).isEqualTo(new Unreadable("not UTF-8"));
    }

    @Test
    void must_not_be_absurdly_deep() {
      String deep = "[".repeat(100_000) + "]".repeat(100_000);
      assertThat(read(with("QUEUED", "\"x\":" + deep))).isInstanceOf(Unreadable.class);
    }

    @Test
    void may_hold_members_that_are_not_known() {
      assertThat(report(with("QUEUED", "\"queue\":{\"position\":[1,2.5,null,true]}")))
          .isEqualTo(new Report("id", JobStatus.QUEUED, null, null, null));
    }
  }

  @Nested
  class The_request_id {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "7",
          "\"\"",
          "\" \"",
          "[\"id\"]",
          "\"a b\"",
          "\"a\\r\\nb\"",
          "\"\u00fc\""
        })
    void must_be_visible_ascii(String id) {
      assertThat(read("{\"request_id\":" + id + ",\"status\":\"QUEUED\"}"))
          .isInstanceOf(Unreadable.class);
    }

    @Test
    void must_be_there() {
      assertThat(read("{\"status\":\"QUEUED\"}")).isInstanceOf(Unreadable.class);
    }

    @Test
    void has_at_most_200_characters() {
      String longest = "x".repeat(200);
      assertThat(report("{\"request_id\":\"" + longest + "\",\"status\":\"QUEUED\"}").upstreamId())
          .isEqualTo(longest);
      assertThat(read("{\"request_id\":\"" + longest + "x\",\"status\":\"QUEUED\"}"))
          .isInstanceOf(Unreadable.class);
    }
  }

  @Nested
  class The_status {
    @ParameterizedTest
    @EnumSource(
        value = JobStatus.class,
        names = {"QUEUED", "PROCESSING", "COMPLETED", "FAILED", "ERROR"})
    void is_one_of_the_pages_words(JobStatus status) {
      assertThat(report(with(status.name(), "\"x\":1")).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "\"completed\"",
          "\"CANCELLED\"",
          "\" ERROR\"",
          "\"\"",
          "null",
          "1",
          "[\"ERROR\"]"
        })
    void is_no_other(String status) {
      assertThat(read("{\"request_id\":\"id\",\"status\":" + status + "}"))
          .isInstanceOfSatisfying(
              Unreadable.class, unreadable -> assertThat(unreadable.why()).contains(status));
    }

    @Test
    void is_quoted_whole_or_not_at_all_if_it_is_not_known() {
      assertThat(read(with("x".repeat(98), "\"x\":1")))
          .isEqualTo(
              new Unreadable("status is none of the known words: \"" + "x".repeat(98) + "\""));
      assertThat(read(with("x".repeat(99), "\"x\":1")))
          .isEqualTo(new Unreadable("status is none of the known words: (101 characters of JSON)"));
    }

    @Test
    void is_quoted_briefly_and_harmlessly_if_it_is_not_known() {
      assertThat(read(with("\\u001b[31m" + "x".repeat(9_000), "\"x\":1")))
          .isInstanceOfSatisfying(
              Unreadable.class,
              unreadable ->
                  assertThat(unreadable.why()).hasSizeLessThan(200).doesNotContain("\u001b"));
    }
  }

  @Nested
  class The_error {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "\"Out of memory\"|Out of memory",
          "\"a\\nb\\u0000c\\u2028d\"|a b c d",
          "{\"msg\":\"bad\",\"loc\":[1]}|{\"msg\":\"bad\",\"loc\":[1]}",
          "[\"a\", \"b\"]|[\"a\",\"b\"]",
          "42|42",
          "\"\\ud83d\"|\ufffd"
        })
    void is_kept_as_one_line_of_text(String error, String text) {
      assertThat(report(with("FAILED", "\"error\":" + error)).error()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \\n \""})
    void is_none_if_it_has_no_words(String error) {
      assertThat(report(with("FAILED", "\"error\":" + error)).error()).isNull();
    }

    @Test
    void is_cut_at_1000_characters() {
      assertThat(report(with("FAILED", "\"error\":\"" + "x".repeat(1_001) + "\"")).error())
          .isEqualTo("x".repeat(999) + "…");
    }

    @Test
    void is_not_cut_within_a_character() {
      assertThat(
              report(with("FAILED", "\"error\":\"" + "x".repeat(998) + "\ud83d\ude00xx\"")).error())
          .isEqualTo("x".repeat(998) + "…");
    }
  }

  @Nested
  class The_output {
    private static final String COMPLETED_UNREADABLE = "COMPLETED, but its output cannot be read";

    @Test
    void may_have_several_files() {
      assertThat(report(with("COMPLETED", "\"output\":{\"media_url\":[\"a\",\"b\"]}")).output())
          .isEqualTo(new Output(List.of("a", "b"), null));
    }

    @Test
    void may_name_one_file_outside_of_a_list() {
      assertThat(
              report(
                      with(
                          "COMPLETED",
                          "\"output\":{\"media_url\":\"https://x/a.glb\",\"media_type\":\"t\"}"))
                  .output())
          .isEqualTo(new Output(List.of("https://x/a.glb"), "t"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "{}",
          "{\"media_url\":null}",
          "{\"media_url\":[]}",
          "{\"media_type\":\"model/glb\"}"
        })
    void may_be_none_yet(String output) {
      assertThat(report(with("COMPLETED", "\"output\":" + output)).output()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "7",
          "\"https://x/a.glb\"",
          "[]",
          "[\"https://x/a.glb\"]",
          "{\"media_url\":7}",
          "{\"media_url\":\"\"}",
          "{\"media_url\":{\"url\":\"https://x/a.glb\"}}",
          "{\"media_url\":[\"https://x/a.glb\",null]}",
          "{\"media_url\":[[\"https://x/a.glb\"]]}",
          "{\"media_url\":[\"https://x/a b.glb\"]}",
          "{\"media_url\":[\"https://x/a\\u007fb.glb\"]}",
          "{\"media_url\":[\"https://x/\\r\\nX-Evil: 1\"]}",
          "{\"media_url\":[\"https://x/\\u0085a.glb\"]}",
          "{\"media_url\":[\"https://x/\\u2028a.glb\"]}",
          "{\"media_url\":[\"https://x/half-a-pair-\\ud83d\"]}"
        })
    void that_cannot_be_read_makes_a_completed_report_unreadable(String output) {
      assertThat(read(with("COMPLETED", "\"output\":" + output)))
          .isInstanceOfSatisfying(
              Unreadable.class,
              unreadable -> assertThat(unreadable.why()).startsWith(COMPLETED_UNREADABLE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"QUEUED", "PROCESSING", "FAILED", "ERROR"})
    void that_cannot_be_read_counts_as_none_otherwise(String status) {
      assertThat(report(with(status, "\"output\":{\"media_url\":7}")).output()).isNull();
    }

    @Test
    void has_at_most_16_files() {
      String sixteen = String.join(",", Collections.nCopies(16, "\"u\""));
      assertThat(report(with("COMPLETED", "\"output\":{\"media_url\":[" + sixteen + "]}")).output())
          .isNotNull();
      assertThat(read(with("COMPLETED", "\"output\":{\"media_url\":[\"u\"," + sixteen + "]}")))
          .isInstanceOf(Unreadable.class);
    }

    @Test
    void has_urls_of_at_most_2048_characters() {
      String longest = "u".repeat(2_048);
      assertThat(
              report(with("COMPLETED", "\"output\":{\"media_url\":\"" + longest + "\"}")).output())
          .isNotNull();
      assertThat(read(with("COMPLETED", "\"output\":{\"media_url\":\"" + longest + "u\"}")))
          .isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"\"", "[]"})
    void may_have_no_media_type_that_can_be_read(String type) {
      assertThat(
              report(
                      with(
                          "COMPLETED",
                          "\"output\":{\"media_url\":[\"u\"],\"media_type\":" + type + "}"))
                  .output())
          .isEqualTo(new Output(List.of("u"), null));
    }
  }

  @Nested
  class The_time_of_completion {
    @ParameterizedTest
    @CsvSource({
      "2026-05-22T13:17:32.110Z, 2026-05-22T13:17:32.110Z",
      "2026-05-22 13:19:23, 2026-05-22T13:19:23Z",
      "2026-05-22 13:19:23.5, 2026-05-22T13:19:23.5Z",
      "2026-05-22T13:19:23, 2026-05-22T13:19:23Z",
      "2026-05-22T13:19:23+02:00, 2026-05-22T11:19:23Z"
    })
    void comes_in_two_forms_and_is_utc_unless_it_says_otherwise(String text, Instant expected) {
      assertThat(report(with("FAILED", "\"completed_at\":\"" + text + "\"")).completedAt())
          .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "\"\"",
          "\"...\"",
          "1779455963",
          "\"2026-05-22\"",
          "\"2026-02-30 13:19:23\"",
          "\"2026-05-22 25:19:23\"",
          "\"2026-05-22T13:19:23+19:00\"",
          "\"2026-05-22 13:19:23 \"",
          "\"22.05.2026 13:19:23\"",
          "\"+999999999-05-22T13:19:23Z\""
        })
    void is_none_if_it_cannot_be_read(String text) {
      assertThat(report(with("FAILED", "\"completed_at\":" + text)).completedAt()).isNull();
    }
  }
}
