package dev.pixal3d.jobs.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pixal3d.jobs.core.endpoint.Endpoint;
import dev.pixal3d.jobs.core.job.Event;
import dev.pixal3d.jobs.core.job.Job;
import dev.pixal3d.jobs.core.job.WaitsFor;
import dev.pixal3d.jobs.core.store.ClientRegistry;
import dev.pixal3d.jobs.core.store.ClientRegistry.ApiKey;
import dev.pixal3d.jobs.core.store.ClientRegistry.Registered;
import dev.pixal3d.jobs.core.store.DynamoDbEndpointStore;
import dev.pixal3d.jobs.core.usecase.Transitions;
import java.time.Instant;
import java.util.Optional;

/**
 * Forgets one client's data. Each step can be repeated, and the client is locked out first, so that
 * a run that was broken off is made good by the next one.
 */
final class Forget {
  private final Target target;
  private final Printer printer;
  private final String client;
  private final boolean cancelWaiting;
  private final ClientRegistry clients;

  private int forgotten;
  private int cancelled;
  private int underWay;
  private int jobs;

  Forget(Target target, Printer printer, String client, boolean cancelWaiting) {
    this.target = target;
    this.printer = printer;
    this.client = client;
    this.cancelWaiting = cancelWaiting;
    this.clients = target.clients();
  }

  ExitCode run() {
    Optional<Registered> registered = clients.find(client);
    if (!cancelWaiting) {
      requireNothingUnderWay();
    }
    boolean couldSubmit = registered.filter(one -> one.client().enabled()).isPresent();
    registered.ifPresent(_ -> lockOut());
    Transitions transitions = target.silentTransitions();
    jobs = ClientJobs.forEach(target, printer, client, job -> forget(transitions, job));
    if (registered.isEmpty() && jobs == 0) {
      throw OpsException.notFound(
          "There is no client %s, and no job of one. `keys list` shows all.".formatted(client));
    }
    forgetEndpoints();
    if (registered.isPresent()) {
      clients.forget(client, target.clock().instant());
    }
    tell(couldSubmit);
    return underWay == 0 ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void requireNothingUnderWay() {
    ClientJobs.forEach(target, printer, client, job -> underWay += isUnderWay(job) ? 1 : 0);
    if (underWay > 0) {
      throw OpsException.refused(
          "%d jobs of %s are under way; nothing was changed. Wait for their end, or lock the client out and cancel those that were not handed over with --cancel-waiting."
              .formatted(underWay, client));
    }
  }

  private static boolean isUnderWay(Job job) {
    return !job.hasEnded() || job.waitsFor() == WaitsFor.RECEIPT;
  }

  private void lockOut() {
    clients.enable(client, false);
    Instant now = target.clock().instant();
    KeysCommand.keysOf(clients.list(), client).stream()
        .filter(ApiKey::enabled)
        .forEach(key -> clients.disableKey(key, now));
  }

  private void forget(Transitions transitions, Job job) {
    Job current = job;
    if (cancelWaiting && job.waitsFor() == WaitsFor.DISPATCH) {
      current = after(transitions, current, new Event.Cancelled());
      cancelled += current.hasEnded() ? 1 : 0;
    }
    if (!current.isForgotten()) {
      current = after(transitions, current, new Event.Forgotten());
      forgotten += current.isForgotten() ? 1 : 0;
    }
    underWay += isUnderWay(current) ? 1 : 0;
  }

  private static Job after(Transitions transitions, Job job, Event event) {
    return transitions.save(job, event).map(decision -> decision.job()).orElse(job);
  }

  private void forgetEndpoints() {
    DynamoDbEndpointStore endpoints = target.endpoints();
    endpoints.all().stream()
        .map(Endpoint::key)
        .filter(key -> key.client().equals(client))
        .forEach(endpoints::forget);
  }

  private void tell(boolean couldSubmit) {
    var text =
        new StringBuilder(
            "%s: %d jobs, %d of them forgotten now, %d cancelled before.\n"
                .formatted(client, jobs, forgotten, cancelled));
    if (underWay > 0) {
      text.append(
          "%d are under way and not forgotten. Run it again once they have ended (`jobs list --client %s`).\n"
              .formatted(underWay, client));
    } else if (couldSubmit) {
      text.append(
          "For a minute the functions may still have taken its key: run it once more after"
              + " that.\n");
    }
    printer.result(
        JsonNodeFactory.instance
            .objectNode()
            .put("client", client)
            .put("jobs", jobs)
            .put("forgotten", forgotten)
            .put("cancelled", cancelled)
            .put("under_way", underWay)
            .put("run_again", underWay > 0 || couldSubmit),
        text.toString());
  }
}
