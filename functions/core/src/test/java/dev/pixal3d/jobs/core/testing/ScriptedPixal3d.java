package dev.pixal3d.jobs.core.testing;

import dev.pixal3d.jobs.core.upstream.Pixal3d;
import dev.pixal3d.jobs.core.upstream.StatusOutcome;
import dev.pixal3d.jobs.core.upstream.SubmitOutcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A Pixal3D that answers what a test wants, and counts what it is asked. */
public final class ScriptedPixal3d implements Pixal3d {
  private final List<Submission> submissions = new CopyOnWriteArrayList<>();
  private final AtomicInteger polls = new AtomicInteger();
  private volatile Supplier<SubmitOutcome> submitOutcome =
      () -> new SubmitOutcome.Accepted(Jobs.UPSTREAM_ID);
  private volatile Supplier<StatusOutcome> statusOutcome =
      () -> new StatusOutcome.NoAnswer("nothing was scripted");

  @Override
  public SubmitOutcome submit(Submission submission) {
    submissions.add(submission);
    return submitOutcome.get();
  }

  @Override
  public StatusOutcome status(String upstreamId) {
    polls.incrementAndGet();
    return statusOutcome.get();
  }

  public void onSubmit(Supplier<SubmitOutcome> outcome) {
    submitOutcome = outcome;
  }

  public void onStatus(StatusOutcome outcome) {
    statusOutcome = () -> outcome;
  }

  public List<Submission> submissions() {
    return List.copyOf(submissions);
  }

  public int polls() {
    return polls.get();
  }
}
