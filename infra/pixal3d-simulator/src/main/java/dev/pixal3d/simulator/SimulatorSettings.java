package dev.pixal3d.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The simulator's pace and faults, immutable. The same names are used on the command line ({@code
 * --simulate name=value}) and in {@code PATCH /simulator/settings}.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>name</th><th>default</th><th>meaning</th></tr>
 * <tr><td>queued-seconds</td><td>0.5</td><td>how long a job stays QUEUED</td></tr>
 * <tr><td>processing-seconds</td><td>2</td><td>how long a job is PROCESSING at least; making the
 *     GLB may take longer</td></tr>
 * <tr><td>poll-seconds</td><td>5</td><td>the "poll cycle": pause between two progress callbacks in
 *     mode sync; at most 15, as the page says</td></tr>
 * <tr><td>answer-delay-seconds</td><td>0</td><td>a submit's answer is sent that late, after the job
 *     was stored and charged</td></tr>
 * <tr><td>submit</td><td>ok</td><td>what submits meet. Nothing is stored or charged: {@code 400},
 *     {@code 401}, {@code 402}, {@code 403}, {@code 429}, {@code 500} (the page's error body), {@code
 *     502}, {@code 503}, {@code 504} (a proxy's HTML page), {@code hang} (no answer), {@code
 *     drop-before-accept} (connection closed without an answer). Stored and charged: {@code
 *     hang-after-accept}, {@code drop-after-accept}, {@code 500-after-accept}, {@code
 *     502-after-accept}, {@code 504-after-accept} (a proxy's HTML page), {@code no-request-id} (202
 *     without the id), {@code not-json} (202 with a text)</td></tr>
 * <tr><td>submit-fault-fraction</td><td>1</td><td>which part of the submits meets it; the others are
 *     ok</td></tr>
 * <tr><td>retry-after-seconds</td><td>0</td><td>Retry-After sent with 429 and 503; 0: none</td></tr>
 * <tr><td>hang-seconds</td><td>120</td><td>how long {@code hang} and {@code hang-after-accept} hold
 *     a connection before they close it</td></tr>
 * <tr><td>status</td><td>ok</td><td>what status reads meet: {@code 404}, {@code 500}, {@code hang},
 *     {@code not-json}</td></tr>
 * <tr><td>callbacks</td><td>ok</td><td>{@code lost} (none is sent), {@code doubled} (each twice),
 *     {@code late} (the terminal one callback-delay-seconds late), {@code out-of-order} (a PROCESSING
 *     after the terminal one)</td></tr>
 * <tr><td>callback-loss-fraction</td><td>0</td><td>which part of the callbacks is lost anyhow</td></tr>
 * <tr><td>callback-delay-seconds</td><td>10</td><td>for {@code callbacks=late}</td></tr>
 * <tr><td>callback-retry-seconds</td><td>1</td><td>pause before the second of the three attempts of
 *     a terminal callback; doubles</td></tr>
 * <tr><td>result</td><td>ok</td><td>how jobs end: {@code ok} (COMPLETED, or FAILED if the image is
 *     no good), {@code failed}, {@code error} (not charged)</td></tr>
 * <tr><td>glb</td><td>real</td><td>{@code off}: no image is fetched, each job gets the same tiny
 *     GLB; for load tests</td></tr>
 * <tr><td>media-base-url</td><td></td><td>start of the media_url; empty: the simulator itself</td></tr>
 * <tr><td>callback-media-base-url</td><td></td><td>the same in callbacks only, as a forger might
 *     have it; empty: media-base-url</td></tr>
 * <tr><td>seed</td><td>1</td><td>of the chance behind the fractions; setting it starts the sequence
 *     anew</td></tr>
 * </table>
 */
public final class SimulatorSettings {
  static final Setting<Double> QUEUED_SECONDS =
      Setting.seconds("queued-seconds", 0.5, "how long a job stays QUEUED");
  static final Setting<Double> PROCESSING_SECONDS =
      Setting.seconds("processing-seconds", 2, "how long a job is PROCESSING at least");
  static final Setting<Double> POLL_SECONDS =
      Setting.number(
          "poll-seconds", 5, 0.01, 15, "pause between two progress callbacks in mode sync");
  static final Setting<Double> ANSWER_DELAY_SECONDS =
      Setting.seconds(
          "answer-delay-seconds", 0, "a submit is answered that late, after it was charged");
  static final Setting<SubmitBehaviour> SUBMIT =
      Setting.choice(
          "submit",
          SubmitBehaviour.OK,
          "what submits meet; *-after-accept, no-request-id and not-json charge the job first");
  static final Setting<Double> SUBMIT_FAULT_FRACTION =
      Setting.fraction("submit-fault-fraction", 1, "which part of the submits meets it");
  static final Setting<Long> RETRY_AFTER_SECONDS =
      Setting.integer(
          "retry-after-seconds", 0, 0, 86_400, "Retry-After sent with 429 and 503; 0: none");
  static final Setting<Double> HANG_SECONDS =
      Setting.seconds("hang-seconds", 120, "how long a hanging connection is held");
  static final Setting<StatusBehaviour> STATUS =
      Setting.choice("status", StatusBehaviour.OK, "what status reads meet");
  static final Setting<CallbackBehaviour> CALLBACKS =
      Setting.choice("callbacks", CallbackBehaviour.OK, "what happens to callbacks");
  static final Setting<Double> CALLBACK_LOSS_FRACTION =
      Setting.fraction("callback-loss-fraction", 0, "which part of the callbacks is lost anyhow");
  static final Setting<Double> CALLBACK_DELAY_SECONDS =
      Setting.seconds("callback-delay-seconds", 10, "how late callbacks=late are");
  static final Setting<Double> CALLBACK_RETRY_SECONDS =
      Setting.seconds(
          "callback-retry-seconds", 1, "pause before a terminal callback's 2nd attempt; doubles");
  static final Setting<ResultBehaviour> RESULT =
      Setting.choice("result", ResultBehaviour.OK, "how jobs end");
  static final Setting<GlbBehaviour> GLB =
      Setting.choice("glb", GlbBehaviour.REAL, "off: nothing is fetched, all get one tiny GLB");
  static final Setting<String> MEDIA_BASE_URL =
      Setting.baseUrl("media-base-url", "start of the media_url; empty: the simulator itself");
  static final Setting<String> CALLBACK_MEDIA_BASE_URL =
      Setting.baseUrl("callback-media-base-url", "the same in callbacks only, as forgers have it");
  static final Setting<Long> SEED =
      Setting.integer("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE, "of the chance behind fractions");

  private static final Map<String, Setting<?>> ALL =
      List.of(
              QUEUED_SECONDS,
              PROCESSING_SECONDS,
              POLL_SECONDS,
              ANSWER_DELAY_SECONDS,
              SUBMIT,
              SUBMIT_FAULT_FRACTION,
              RETRY_AFTER_SECONDS,
              HANG_SECONDS,
              STATUS,
              CALLBACKS,
              CALLBACK_LOSS_FRACTION,
              CALLBACK_DELAY_SECONDS,
              CALLBACK_RETRY_SECONDS,
              RESULT,
              GLB,
              MEDIA_BASE_URL,
              CALLBACK_MEDIA_BASE_URL,
              SEED)
          .stream()
          .collect(
              Collectors.toMap(
                  Setting::name, setting -> setting, (one, _) -> one, LinkedHashMap::new));

  private static final SimulatorSettings DEFAULTS = new SimulatorSettings(Map.of());

  private final Map<Setting<?>, Object> changed;

  private SimulatorSettings(Map<Setting<?>, Object> changed) {
    this.changed = Map.copyOf(changed);
  }

  /** Everything at its default. */
  public static SimulatorSettings defaults() {
    return DEFAULTS;
  }

  /**
   * The defaults with some changes.
   *
   * @param assignments each {@code name=value}; of two for one name the later counts
   * @throws IllegalArgumentException if one is not understood; the message says why and what is
   */
  public static SimulatorSettings parse(List<String> assignments) {
    Map<String, String> changes = new LinkedHashMap<>();
    for (String assignment : assignments) {
      int equals = assignment.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "'%s' is not name=value, as for example processing-seconds=5".formatted(assignment));
      }
      changes.put(
          assignment.substring(0, equals).strip(), assignment.substring(equals + 1).strip());
    }
    return DEFAULTS.with(changes);
  }

  /**
   * These settings with some of them changed; all or none.
   *
   * @throws IllegalArgumentException if a name or value is not understood; the message says why
   */
  public SimulatorSettings with(Map<String, String> changes) {
    Map<Setting<?>, Object> values = new LinkedHashMap<>(changed);
    changes.forEach((name, text) -> {
      Setting<?> setting = ALL.get(name);
      if (setting == null) {
        throw new IllegalArgumentException(
            "The simulator has no setting '%s'. It has: %s"
                .formatted(name, String.join(", ", ALL.keySet())));
      }
      values.put(setting, parsed(setting, text));
    });
    return new SimulatorSettings(values);
  }

  private static Object parsed(Setting<?> setting, String text) {
    try {
      return setting.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The simulator's setting %s takes %s; not '%s'"
              .formatted(setting.name(), setting.values(), text),
          e);
    }
  }

  /** All settings and their values, numbers as numbers, in the order of the table above. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    ALL.values()
        .forEach(setting -> {
          Object value = get(setting);
          values.put(setting.name(), value instanceof Enum<?> ? value.toString() : value);
        });
    return values;
  }

  /** The table above as plain text, for a help page; ends with a line feed. */
  public static String describe() {
    StringBuilder text = new StringBuilder();
    for (Setting<?> setting : ALL.values()) {
      text.append("  %s=%s%n".formatted(setting.name(), setting.initial()));
      text.append("      %s%n".formatted(setting.meaning()));
      text.append("      (%s)%n".formatted(setting.values()));
    }
    return text.toString();
  }

  @SuppressWarnings("unchecked") // Only what the setting's own parser returned is ever put.
  <T> T get(Setting<T> setting) {
    return (T) changed.getOrDefault(setting, setting.initial());
  }

  @Override
  public String toString() {
    return values().toString();
  }
}
