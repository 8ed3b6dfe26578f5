package dev.pixal3d.jobs.core.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pixal3d.jobs.core.job.Timeline;
import java.time.Instant;
import java.util.ArrayList;

/**
 * A timeline as short JSON, since a job's item is paid for by its size: {@code
 * [[at,"what","detail",count,lastAt],…]}, times in milliseconds after the job's making, trailing
 * parts left out where they tell nothing.
 */
final class TimelineJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TimelineJson() {}

  static String write(Timeline timeline, Instant createdAt) {
    ArrayNode lines = JSON.createArrayNode();
    for (Timeline.Entry entry : timeline.entries()) {
      ArrayNode line = lines.addArray();
      line.add(millisBetween(createdAt, entry.at())).add(entry.what());
      if (!entry.detail().isEmpty() || entry.count() > 1) {
        line.add(entry.detail());
      }
      if (entry.count() > 1) {
        line.add(entry.count()).add(millisBetween(createdAt, entry.lastAt()));
      }
    }
    return lines.toString();
  }

  static Timeline read(String json, Instant createdAt) {
    try {
      var entries = new ArrayList<Timeline.Entry>();
      for (JsonNode line : JSON.readTree(json)) {
        Instant at = createdAt.plusMillis(line.path(0).asLong());
        entries.add(
            new Timeline.Entry(
                at,
                line.path(1).asText(),
                line.path(2).asText(""),
                line.path(3).asInt(1),
                line.has(4) ? createdAt.plusMillis(line.path(4).asLong()) : at));
      }
      return new Timeline(entries);
    } catch (JsonProcessingException e) {
      throw new StoreException("A job's timeline is not the JSON that it should be.", e);
    }
  }

  private static long millisBetween(Instant from, Instant to) {
    return to.toEpochMilli() - from.toEpochMilli();
  }
}
