package dev.pixal3d.jobs.simulation;

import dev.pixal3d.jobs.core.config.Config;
import dev.pixal3d.jobs.core.job.Decision;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import java.time.Instant;
import java.util.Map;

/** The real rules, bent. */
class BentLifecycle extends Lifecycle {
  private final Lifecycle real;
  private final DeliberateBug.Rule rule;

  BentLifecycle(Lifecycle real, DeliberateBug.Rule rule) {
    super(new Config(Map.of()).lifecycle());
    this.real = real;
    this.rule = rule;
  }

  @Override
  public Decision accept(RequestId id, String client, Job.Order order, Instant now) {
    return real.accept(id, client, order, now);
  }

  @Override
  public Decision decide(Job job, Event event, Instant now) {
    return rule.bent(job, event, now, real.decide(job, event, now));
  }
}
