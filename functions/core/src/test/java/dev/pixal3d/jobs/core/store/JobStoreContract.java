package dev.pixal3d.jobs.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixal3d.jobs.core.job.Delivery;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.JobStatus;
import dev.pixal3d.jobs.core.job.Lifecycle;
import dev.pixal3d.jobs.core.job.RequestId;
import dev.pixal3d.jobs.core.job.WebhookMode;
import dev.pixal3d.jobs.core.store.JobStore.DueJob;
import dev.pixal3d.jobs.core.store.JobStore.DuePage;
import dev.pixal3d.jobs.core.store.JobStore.JobPage;
import dev.pixal3d.jobs.core.store.JobStore.Saved;
import dev.pixal3d.jobs.core.testing.Jobs;
import dev.pixal3d.jobs.core.usecase.RequestIds;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every store of jobs promises. */
abstract class JobStoreContract {
  static final int DUE_SHARDS = 4;
  static final Lifecycle LIFECYCLE = new Lifecycle(Jobs.SETTINGS);
  static final Supplier<RequestId> NEW_ID =
      new RequestIds(InstantSource.system(), new SecureRandom());
  static final Instant NOW = Jobs.START;

  abstract JobStore store();

  @Test
  void gives_back_a_new_job_as_it_was_saved() {
    Job job = newJob();

    store().create(job);

    assertThat(store().load(job.id())).contains(job);
  }

  @Test
  void gives_back_a_job_with_everything_set_as_it_was_saved() {
    Job.Order order =
        new Job.Order(
            "{\"image_url\":\"https://example.com/hund-größe.png\",\"seed\":18446744073709551615}",
            URI.create("https://client.example.com/hook?x=1"),
            WebhookMode.SYNC,
            URI.create("https://api.example.com/base"));
    Job job = LIFECYCLE.accept(NEW_ID.get(), "acme", order, NOW).job();
    store().create(job);
    Job claimed = won(store().save(job, after(job, new Event.DispatchBegan(1))));
    Job accepted =
        won(store().save(claimed, after(claimed, new Event.UpstreamAccepted(Jobs.UPSTREAM_ID))));
    Job ended =
        won(
            store()
                .save(
                    accepted,
                    after(accepted, new Event.CalledBack(Jobs.report(JobStatus.COMPLETED)))));

    Job loaded = store().load(job.id()).orElseThrow();

    assertThat(loaded).usingRecursiveComparison().ignoringFields("expiresAt").isEqualTo(ended);
    assertThat(loaded.output()).isEqualTo(Jobs.OUTPUT);
    assertThat(loaded.order()).isEqualTo(order);
    assertThat(loaded.version()).isEqualTo(4);
  }

  @Test
  void gives_back_all_that_is_known_of_telling_the_client() {
    Job job =
        LIFECYCLE.accept(NEW_ID.get(), "acme", Jobs.orderWithWebhook(WebhookMode.SYNC), NOW).job();
    store().create(job);
    Job accepted = won(store().save(job, after(job, new Event.UpstreamAccepted(Jobs.UPSTREAM_ID))));
    Job telling = won(store().save(accepted, after(accepted, new Event.ProgressBegan(1))));
    Job owed =
        won(
            store()
                .save(
                    telling, after(telling, new Event.CalledBack(Jobs.report(JobStatus.FAILED)))));
    assertThat(store().load(job.id())).contains(owed);

    Job told =
        won(
            store()
                .save(owed, after(owed, new Event.ProgressAttempted(1, Jobs.attempt(NOW, 500)))));
    Job sending = won(store().save(told, after(told, new Event.DeliveryBegan(told.attempt()))));
    var noAnswer =
        new Delivery.Attempt(NOW, null, "no answer within 15 s", Duration.ofMillis(15_000));
    Job failed =
        won(
            store()
                .save(
                    sending,
                    after(
                        sending,
                        new Event.DeliveryAttempted(sending.attempt(), noAnswer, false, null))));

    assertThat(failed.delivery().attempts()).containsExactly(noAnswer);
    assertThat(store().load(job.id())).contains(failed);
  }

  @Test
  void lists_a_clients_jobs_newest_first_each_once_while_new_ones_arrive() {
    String client = "lister-" + NEW_ID.get().value();
    var made = new ArrayList<RequestId>();
    for (int i = 0; i < 25; i++) {
      made.add(newJobOf(client).id());
    }

    var listed = new ArrayList<RequestId>();
    RequestId before = null;
    do {
      JobPage page = store().findByClient(client, before, 10);
      page.jobs().forEach(job -> listed.add(job.id()));
      before = page.last();
      newJobOf(client);
      newJobOf("another-" + client);
    } while (before != null);

    assertThat(listed)
        .as("ids begin with the time")
        .isSortedAccordingTo(Comparator.comparing(RequestId::value).reversed())
        .doesNotHaveDuplicates()
        .containsAll(made);
  }

  @Test
  void lists_nothing_for_a_client_without_jobs() {
    assertThat(store().findByClient("nobody", null, 100).jobs()).isEmpty();
  }

  private Job newJobOf(String client) {
    Job job = LIFECYCLE.accept(NEW_ID.get(), client, Jobs.order(WebhookMode.TERMINAL), NOW).job();
    store().create(job);
    return job;
  }

  @Test
  void knows_nothing_of_a_job_that_was_never_saved() {
    assertThat(store().load(NEW_ID.get())).isEmpty();
  }

  @Test
  void refuses_a_second_job_of_the_same_id() {
    Job job = newJob();
    store().create(job);

    assertThatThrownBy(() -> store().create(job))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(job.id().value());
  }

  @Test
  void saves_only_on_the_version_that_was_read_and_tells_the_loser_how_the_job_stands() {
    Job job = newJob();
    store().create(job);
    Job winner = won(store().save(job, after(job, new Event.DispatchBegan(1))));

    Saved second = store().save(job, after(job, new Event.DispatchBegan(1)));

    assertThat(second).isEqualTo(new Saved.Lost(winner));
  }

  @Test
  void lets_exactly_one_of_many_concurrent_saves_win() throws Exception {
    Job job = newJob();
    store().create(job);
    Job claimed = after(job, new Event.DispatchBegan(1));
    List<Callable<Saved>> saves =
        List.of(
            () -> store().save(job, claimed), () -> store().save(job, claimed),
            () -> store().save(job, claimed), () -> store().save(job, claimed),
            () -> store().save(job, claimed), () -> store().save(job, claimed));

    var results = new ArrayList<Saved>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Saved> save : threads.invokeAll(saves)) {
        results.add(save.get());
      }
    }

    assertThat(results).filteredOn(result -> result instanceof Saved.Won).hasSize(1);
  }

  @Test
  void tells_that_a_job_is_gone() {
    Job job = newJob();

    assertThat(store().save(job, after(job, new Event.DispatchBegan(1))))
        .isEqualTo(new Saved.Gone());
  }

  @Test
  void finds_a_due_job_in_one_shard_and_only_once_it_is_due() {
    Job job = newJob();
    store().create(job);
    Instant dueAt = Objects.requireNonNull(job.dueAt());

    assertThat(dueIds(dueAt)).contains(job.id());
    assertThat(dueIds(dueAt.minusMillis(1))).doesNotContain(job.id());
  }

  @Test
  void no_longer_finds_a_job_that_has_ended() {
    Job job = newJob();
    store().create(job);
    Job claimed = won(store().save(job, after(job, new Event.DispatchBegan(1))));

    store().save(claimed, after(claimed, new Event.UpstreamRefused(1, 400, "no")));

    assertThat(dueIds(NOW.plus(Duration.ofDays(365)))).doesNotContain(job.id());
  }

  @Test
  void gives_due_jobs_page_by_page_each_once_and_the_longest_due_first() {
    var ids = new ArrayList<RequestId>();
    for (int n = 0; n < 25; n++) {
      Instant acceptedAt = NOW.plusSeconds(n);
      Job job =
          LIFECYCLE
              .accept(NEW_ID.get(), "acme", Jobs.order(WebhookMode.TERMINAL), acceptedAt)
              .job();
      store().create(job);
      ids.add(job.id());
    }

    for (int shard = 0; shard < DUE_SHARDS; shard++) {
      List<DueJob> due = due(shard, NOW.plus(Duration.ofDays(1)), 3);
      assertThat(due).extracting(DueJob::dueAt).isSorted();
      assertThat(due).doesNotHaveDuplicates();
    }
    assertThat(dueIds(NOW.plus(Duration.ofDays(1)))).containsAll(ids);
  }

  @Test
  void keeps_the_job_and_its_idempotency_key_together() {
    Job job = newJob();
    IdempotencyRecord record = record(job, "key-" + job.id(), "fingerprint");

    Optional<IdempotencyRecord> there = store().createOnce(job, record, NOW);

    assertThat(there).isEmpty();
    assertThat(store().load(job.id())).contains(job);
    assertThat(store().findIdempotencyRecord("acme", record.key(), NOW)).contains(record);
  }

  @Test
  void saves_no_second_job_under_a_taken_key_and_tells_what_took_it() {
    Job first = newJob();
    IdempotencyRecord record = record(first, "key-" + first.id(), "fingerprint");
    store().createOnce(first, record, NOW);
    Job second = newJob();

    Optional<IdempotencyRecord> there =
        store().createOnce(second, record(second, record.key(), "other"), NOW);

    assertThat(there).contains(record);
    assertThat(store().load(second.id())).isEmpty();
  }

  @Test
  void makes_one_job_of_many_concurrent_submits_with_one_key() throws Exception {
    String key = "key-" + NEW_ID.get();
    var submits = new ArrayList<Callable<Optional<IdempotencyRecord>>>();
    for (int n = 0; n < 6; n++) {
      Job job = newJob();
      submits.add(() -> store().createOnce(job, record(job, key, "fingerprint"), NOW));
    }

    var results = new ArrayList<Optional<IdempotencyRecord>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Optional<IdempotencyRecord>> submit : threads.invokeAll(submits)) {
        results.add(submit.get());
      }
    }

    assertThat(results).filteredOn(Optional::isEmpty).hasSize(1);
  }

  @Test
  void frees_a_key_when_its_time_is_over_even_if_the_record_is_still_there() {
    Job first = newJob();
    IdempotencyRecord record = record(first, "key-" + first.id(), "fingerprint");
    store().createOnce(first, record, NOW);
    Job second = newJob();
    Instant later = record.validUntil();

    assertThat(store().findIdempotencyRecord("acme", record.key(), later)).isEmpty();
    assertThat(store().createOnce(second, record(second, record.key(), "other"), later)).isEmpty();
  }

  @Test
  void keeps_the_keys_of_two_clients_apart() {
    Job job = newJob();
    IdempotencyRecord record = record(job, "key-" + job.id(), "fingerprint");
    store().createOnce(job, record, NOW);

    assertThat(store().findIdempotencyRecord("another", record.key(), NOW)).isEmpty();
  }

  static Job newJob() {
    return LIFECYCLE.accept(NEW_ID.get(), "acme", Jobs.order(WebhookMode.TERMINAL), NOW).job();
  }

  static Job after(Job job, Event event) {
    return LIFECYCLE.decide(job, event, NOW.plusSeconds(1)).job();
  }

  static Job won(Saved saved) {
    assertThat(saved).isInstanceOf(Saved.Won.class);
    return ((Saved.Won) saved).job();
  }

  private static IdempotencyRecord record(Job job, String key, String fingerprint) {
    return new IdempotencyRecord(
        "acme", key, fingerprint, job.id(), NOW.plus(IdempotencyRecord.VALIDITY));
  }

  private List<RequestId> dueIds(Instant until) {
    var ids = new ArrayList<RequestId>();
    for (int shard = 0; shard < DUE_SHARDS; shard++) {
      due(shard, until, 100).forEach(due -> ids.add(due.id()));
    }
    return ids;
  }

  private List<DueJob> due(int shard, Instant until, int pageSize) {
    var all = new ArrayList<DueJob>();
    DueJob last = null;
    do {
      DuePage page = store().findDue(shard, until, last, pageSize);
      all.addAll(page.jobs());
      last = page.last();
    } while (last != null);
    return all;
  }
}
