package dev.pixal3d.jobs.simulation.aws;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.pixal3d.jobs.embedded.FunctionResource;
import dev.pixal3d.jobs.embedded.QueueResource;
import dev.pixal3d.jobs.simulation.world.Fault;
import dev.pixal3d.jobs.simulation.world.World;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A queue and its event source: messages come at least once, in any order, some time. */
final class SimulatedQueue {
  private static final long LONGEST_LATE_MILLIS = 3 * 3_600_000L;
  private static final long LONGEST_DOUBLED_MILLIS = 3_600_000;
  private static final int LONGEST_WAY_MILLIS = 200;

  private final World world;
  private final QueueResource resource;
  private final FunctionResource consumer;
  private final int batchSize;
  private final Functions functions;
  private final RandomGenerator random;
  private final List<Message> messages = new ArrayList<>();
  private long sent;

  SimulatedQueue(
      World world,
      QueueResource resource,
      FunctionResource consumer,
      int batchSize,
      Functions functions) {
    this.world = world;
    this.resource = resource;
    this.consumer = consumer;
    this.batchSize = batchSize;
    this.functions = functions;
    this.random = world.chance().of("queue " + resource.logicalId());
  }

  private static final class Message {
    private final String id;
    private final String body;
    private long visibleAt;
    private int receives;

    Message(String id, String body, long visibleAt) {
      this.id = id;
      this.body = body;
      this.visibleAt = visibleAt;
    }
  }

  void send(String body, long delayMillis) {
    if (world.faults().strikes(Fault.MESSAGE_LOST)) {
      world.tell(name(), () -> "loses " + body);
      return;
    }
    long late =
        world.faults().strikes(Fault.MESSAGE_LATE)
            ? world.faults().lasts(Fault.MESSAGE_LATE, LONGEST_LATE_MILLIS)
            : random.nextInt(LONGEST_WAY_MILLIS);
    add(body, world.now() + delayMillis + late);
    if (world.faults().strikes(Fault.MESSAGE_DOUBLED)) {
      long later = world.faults().lasts(Fault.MESSAGE_DOUBLED, LONGEST_DOUBLED_MILLIS);
      add(body, world.now() + delayMillis + later);
    }
  }

  private void add(String body, long visibleAt) {
    var message = new Message(resource.logicalId() + "-" + sent++, body, visibleAt);
    messages.add(message);
    world.agenda().at(visibleAt, this::deliver);
  }

  private void deliver() {
    var batch = new ArrayList<Message>();
    for (Iterator<Message> all = messages.iterator(); all.hasNext() && batch.size() < batchSize; ) {
      Message message = all.next();
      if (message.visibleAt > world.now()) {
        continue;
      }
      if (message.receives == resource.maxReceiveCount()) {
        all.remove();
        world.tell(name(), () -> "gives up " + message.body);
        continue;
      }
      message.receives++;
      message.visibleAt = world.now() + resource.visibilityTimeout().toMillis();
      world.agenda().at(message.visibleAt, this::deliver);
      batch.add(message);
    }
    if (!batch.isEmpty()) {
      world.tell(name(), () -> "brings " + batch.stream().map(message -> message.body).toList());
      world.agenda().start(() -> bring(batch));
    }
  }

  private void bring(List<Message> batch) {
    var promise = functions.batch(consumer, event(batch));
    Optional<List<String>> failed =
        world
            .agenda()
            .await(promise, resource.visibilityTimeout().toMillis())
            .flatMap(answer -> answer);
    failed.ifPresent(ids ->
        batch.stream().filter(message -> !ids.contains(message.id)).forEach(messages::remove));
  }

  private static SQSEvent event(List<Message> batch) {
    var records = new ArrayList<SQSMessage>();
    for (Message message : batch) {
      var record = new SQSMessage();
      record.setMessageId(message.id);
      record.setBody(message.body);
      records.add(record);
    }
    var event = new SQSEvent();
    event.setRecords(records);
    return event;
  }

  void wipe() {
    world.tell(name(), () -> "is wiped");
    messages.clear();
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  String name() {
    return resource.logicalId();
  }
}
