package dev.pixal3d.jobs.simulation.world;

/** What can go wrong, and how likely it is each time that it could, under heavy faults. */
public enum Fault {
  // Lambda

  /** A sandbox dies between two effects. */
  CRASH(0.005),
  /** A sandbox stands still for up to an hour between two effects, and then goes on. */
  FREEZE(0.005),
  /** The clock of a new sandbox is off by up to a minute and a half. */
  CLOCK_APART(0.3),

  // DynamoDB

  /** A call is refused for want of capacity. */
  THROTTLED(0.01),
  /** A write is not made, and its maker learns only that no answer came. */
  WRITE_LOST(0.005),
  /** A write is made, and its maker learns only that no answer came. */
  WRITE_UNANSWERED(0.005),
  /** A conditional write is made, repeated on the way, and so reported as failed. */
  WRITE_REPEATED(0.02),
  /** A transaction meets another one. */
  TRANSACTION_CONFLICT(0.02),
  /** A read that need not be consistent shows what was there before. */
  STALE_READ(0.1),
  /** The indexes lag a write by up to five minutes. */
  INDEX_LAG(0.05),

  // SQS and the schedule

  /** A message is not sent, and its sender learns that. */
  SEND_REFUSED(0.01),
  /** A message is sent, and its sender learns only that no answer came. */
  SEND_UNANSWERED(0.01),
  /** Of a batch a part is not sent. */
  BATCH_PARTLY_SENT(0.1),
  /** A message vanishes. */
  MESSAGE_LOST(0.03),
  /** A message comes twice, within an hour. */
  MESSAGE_DOUBLED(0.05),
  /** A message comes up to three hours late. */
  MESSAGE_LATE(0.02),
  /** All messages of a queue vanish. */
  QUEUE_WIPED(0.02),
  /** Two sweeps begin together. */
  SWEEP_DOUBLED(0.05),
  /** A sweep is left out. */
  SWEEP_LEFT_OUT(0.05),

  // The way to Pixal3D, and Pixal3D

  /** Nothing listens. */
  CONNECTION_REFUSED(0.03),
  /** A call reaches Pixal3D, which does it, and no answer comes. */
  UNANSWERED(0.05),
  /** A call vanishes on the way, and no answer comes. */
  CALL_LOST(0.02),
  /** An answer breaks off at any of its bytes. */
  ANSWER_CUT(0.03),
  /** An answer takes seconds. */
  SLOW_ANSWER(0.05),
  /** Pixal3D answers 429 for up to 20 minutes. */
  THROTTLING_STORM(0.01),
  /** Pixal3D answers 402 for up to 20 minutes. */
  WALLET_EMPTY(0.005),
  /** Pixal3D answers 401 for up to 20 minutes. */
  KEY_REFUSED(0.005),
  /** 500 with the page's error body: not accepted. */
  FAILED_AND_SAID_SO(0.02),
  /** 502, and the job is accepted all the same. */
  ACCEPTED_BEHIND_502(0.04),
  /** 502, and the job is not accepted. */
  NOT_ACCEPTED_BEHIND_502(0.04),
  /** 202 with a body that does not name the job. */
  ACCEPTED_NAMELESS(0.04),
  /** 422: Pixal3D never takes this one. */
  REFUSED_FOR_GOOD(0.02),
  /** The status endpoint answers 500. */
  STATUS_FAILS(0.05),
  /** The status endpoint does not know the job. */
  STATUS_UNKNOWN(0.02),
  /** The status answer has unknown members, odd dates, no media type. */
  STATUS_ODD(0.2),
  /** The status answer of a completed job has no output. */
  OUTPUT_NULL(0.02),
  /** A callback is never made. */
  CALLBACK_LOST(0.15),
  /** A callback comes twice. */
  CALLBACK_DOUBLED(0.1),
  /** A callback comes up to three hours late. */
  CALLBACK_LATE(0.05),
  /** A callback contradicts what the status endpoint says. */
  CALLBACK_LIES(0.05),

  // Clients, their servers and strangers

  /** A client repeats a submit although it was answered. */
  SUBMIT_REPEATED(0.3),
  /** A client sends another request under a key that it used before. */
  KEY_REUSED(0.1),
  /** A client's server answers 500, or 429 with Retry-After. */
  ENDPOINT_FAILS(0.2),
  /** A client's server takes the event and gives no answer. */
  ENDPOINT_HANGS(0.1),
  /** A client's server redirects. */
  ENDPOINT_REDIRECTS(0.03),
  /** A client's server answers 410. */
  ENDPOINT_GONE(0.02),
  /** A stranger makes up a callback. */
  FORGERY(0.5);

  private final double probability;

  Fault(double probability) {
    this.probability = probability;
  }

  double probability() {
    return probability;
  }
}
