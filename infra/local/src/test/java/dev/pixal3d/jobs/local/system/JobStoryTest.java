package dev.pixal3d.jobs.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixal3d.jobs.local.system.JobStory.Telling;
import dev.pixal3d.jobs.local.system.JobStory.Told;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises are held to what was seen: each of them is found broken when it is. */
class JobStoryTest {
  private static final List<Long> NO_KILL = List.of();
  private static final JsonNode QUEUED = read("QUEUED");
  private static final JsonNode PROCESSING = read("PROCESSING");
  private static final JsonNode COMPLETED = read("COMPLETED");
  private static final Simulator.Job MADE = upstream("COMPLETED", true);

  @Test
  void aGoodStoryIsFoundGood() {
    JobStory story =
        new JobStory(
            "job",
            Telling.SYNC,
            List.of(QUEUED, QUEUED, PROCESSING, COMPLETED, COMPLETED),
            List.of(
                told("p1", "QUEUED", 204, 1),
                told("p2", "PROCESSING", 500, 2),
                told("end", "COMPLETED", 500, 3),
                told("end", "COMPLETED", 200, 4)),
            List.of(MADE));

    assertThat(story.brokenPromises(NO_KILL)).isEmpty();
  }

  @Test
  void oneOfUnknownOutcomeMayBeMade() {
    assertThat(broken(List.of(failed("Outcome unknown: ...")), MADE)).isEmpty();
    assertThat(broken(List.of(failed("Timed out: ...")), MADE)).isEmpty();
    assertThat(broken(List.of(failed("Outcome unknown: ...")))).isEmpty();
  }

  @Test
  void itEnds() {
    assertBroken("did not end", broken(List.of()));
    assertBroken("did not end", broken(List.of(QUEUED, PROCESSING), MADE));
  }

  @Test
  void itsStatusDoesNotMoveBack() {
    assertBroken("moved back", broken(List.of(PROCESSING, QUEUED, COMPLETED), MADE));
  }

  @Test
  void itsEndStands() {
    assertBroken("after its end", broken(List.of(failed("so"), COMPLETED), MADE));
    assertBroken("after its end", broken(List.of(failed("so"), failed("or so"))));
    assertBroken("after its end", broken(List.of(COMPLETED, PROCESSING, COMPLETED), MADE));
  }

  @Test
  void itIsPaidForOnceAndNotIfItEndsWithoutACharge() {
    assertBroken("more than once", broken(List.of(COMPLETED), MADE, MADE));
    assertBroken("was charged", broken(List.of(read("ERROR")), MADE));
    assertBroken("was charged", broken(List.of(read("CANCELLED")), MADE));
  }

  @Test
  void itEndsAsItDoesAtPixal3d() {
    assertBroken("never got it", broken(List.of(COMPLETED)));
    assertBroken("but at Pixal3D", broken(List.of(COMPLETED), upstream("ERROR", false)));
    assertBroken("but at Pixal3D", broken(List.of(failed("no reason")), MADE));
  }

  @Test
  void whoWantsToBeToldIsToldOfTheEnd() {
    assertBroken("was not told", told(Telling.TERMINAL));
    assertBroken("was not told", told(Telling.SYNC, told("p1", "PROCESSING", 200, 1)));
    assertBroken("was not told", told(Telling.TERMINAL, told("end", "COMPLETED", 500, 1)));
    assertBroken("and read", told(Telling.TERMINAL, told("end", "FAILED", 200, 1)));
  }

  @Test
  void whoDoesNotWantToBeToldIsNot() {
    assertBroken("nobody wanted", told(Telling.NOT_AT_ALL, told("end", "COMPLETED", 200, 1)));
    assertBroken(
        "the end only",
        told(Telling.TERMINAL, told("p1", "PROCESSING", 200, 1), told("end", "COMPLETED", 200, 2)));
  }

  @Test
  void progressIsToldOnceAndNotAfterTheEnd() {
    assertBroken(
        "after its end",
        told(Telling.SYNC, told("end", "COMPLETED", 200, 1), told("p1", "PROCESSING", 200, 2)));
    assertBroken(
        "told twice",
        told(
            Telling.SYNC,
            told("p1", "PROCESSING", 200, 1),
            told("p1", "PROCESSING", 200, 2),
            told("end", "COMPLETED", 200, 3)));
  }

  @Test
  void theEndIsToldUnderOneIdAndAfterItWasTakenOnlyIfAKillCameBetween() {
    Told first = told("end", "COMPLETED", 200, 10);
    Told again = told("end", "COMPLETED", 200, 20);

    assertBroken(
        "more than one id",
        told(
            Telling.TERMINAL,
            told("end", "COMPLETED", 500, 10),
            told("another", "COMPLETED", 200, 20)));
    assertBroken("no kill came between", told(Telling.TERMINAL, first, again));
    JobStory story = story(Telling.TERMINAL, List.of(COMPLETED), List.of(first, again), MADE);
    assertThat(story.brokenPromises(List.of(15L))).isEmpty();
    assertThat(story.brokenPromises(List.of(5L, 25L))).hasSize(1);
  }

  private static void assertBroken(String words, List<String> broken) {
    assertThat(broken).as(words).anySatisfy(one -> assertThat(one).contains(words));
  }

  private static List<String> broken(List<JsonNode> reads, Simulator.Job... upstream) {
    return story(Telling.NOT_AT_ALL, reads, List.of(), upstream).brokenPromises(NO_KILL);
  }

  private static List<String> told(Telling telling, Told... told) {
    return story(telling, List.of(COMPLETED), List.of(told), MADE).brokenPromises(NO_KILL);
  }

  private static JobStory story(
      Telling telling, List<JsonNode> reads, List<Told> told, Simulator.Job... upstream) {
    return new JobStory("job", telling, reads, told, List.of(upstream));
  }

  private static JsonNode read(String status) {
    return Answer.parse("{\"request_id\": \"job\", \"status\": \"%s\"}".formatted(status));
  }

  private static JsonNode failed(String error) {
    return Answer.parse(
        "{\"request_id\": \"job\", \"status\": \"FAILED\", \"error\": \"%s\"}".formatted(error));
  }

  private static Told told(String webhookId, String status, int answer, long nanoTime) {
    return new Told(
        new Receiver.Delivery(webhookId, "", "", read(status).toString(), nanoTime), answer);
  }

  private static Simulator.Job upstream(String status, boolean charged) {
    return new Simulator.Job(
        "upstream", status, charged, "https://example.com/1.png", URI.create("http://x/callbacks"));
  }
}
