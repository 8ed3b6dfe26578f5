package dev.pixal3d.jobs.core.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.RequestId;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to see of its jobs.
 *
 * @param status only jobs of this status; null for all
 * @param limit how many a page looks at, 1 to 100
 * @param before where the page begins; null for the newest
 */
public record ListRequest(@Nullable JobStatus status, int limit, @Nullable RequestId before) {
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 100;
  private static final List<String> PARAMETERS = List.of("status", "limit", "cursor");

  /** What the query turned out to be. */
  public sealed interface Result {}

  /** A query without fault. */
  public record Valid(ListRequest request) implements Result {}

  /** A query that is refused, and all that is wrong with it. */
  public record Invalid(List<Fault> faults) implements Result {
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /** Reads the query's parameters. */
  public static Result read(Map<String, String> query) {
    Faults faults = new Faults();
    for (String name : query.keySet()) {
      if (!PARAMETERS.contains(name)) {
        faults.add(name, "is unknown. There are status, limit and cursor");
      }
    }
    JobStatus status = status(query.get("status"), faults);
    int limit = limit(query.get("limit"), faults);
    RequestId before = before(query.get("cursor"), faults);
    return faults.isEmpty()
        ? new Valid(new ListRequest(status, limit, before))
        : new Invalid(faults.toList());
  }

  /** Where a page begins, in a form that means nothing to clients. */
  static String cursor(RequestId last) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(last.value().getBytes(UTF_8));
  }

  private static @Nullable JobStatus status(@Nullable String word, Faults faults) {
    if (word == null) {
      return null;
    }
    Optional<JobStatus> status =
        Arrays.stream(JobStatus.values()).filter(one -> one.name().equals(word)).findFirst();
    if (status.isEmpty()) {
      faults.add(
          "status",
          "must be one of %s, but is '%s'"
              .formatted(Arrays.toString(JobStatus.values()), Excerpt.of(word)));
    }
    return status.orElse(null);
  }

  private static int limit(@Nullable String text, Faults faults) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (text.matches("[0-9]{1,3}")) {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    }
    faults.add("limit", "must be a whole number from 1 to 100, but is '" + Excerpt.of(text) + "'");
    return DEFAULT_LIMIT;
  }

  private static @Nullable RequestId before(@Nullable String cursor, Faults faults) {
    if (cursor == null) {
      return null;
    }
    Optional<RequestId> before = Optional.empty();
    try {
      before = RequestId.parse(new String(Base64.getUrlDecoder().decode(cursor), UTF_8));
    } catch (IllegalArgumentException e) {
      // Not even base64url: no cursor of ours either.
    }
    if (before.isEmpty()) {
      faults.add("cursor", "must be the next_cursor of the page before, unchanged");
    }
    return before.orElse(null);
  }
}
