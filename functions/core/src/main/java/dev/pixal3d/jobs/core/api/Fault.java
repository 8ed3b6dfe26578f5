package dev.pixal3d.jobs.core.api;

/**
 * One thing that is wrong with a request.
 *
 * @param field the parameter or header that it is about, or {@code body}
 * @param message what is wrong and what to send instead; reads on from the field's name, as in
 *     {@code must be true or false, but is 1}
 */
public record Fault(String field, String message) {

  /** The fault in one sentence. */
  public String sentence() {
    return field + " " + message;
  }
}
