package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.number;
import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.job.Tenant;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.store.QueueSnapshot;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/queue}: the queue at a glance. */
public final class ReadQueue implements Handler {
  private final JobStore store;
  private final TaskPublisher publisher;

  /** Reads from this store and asks this doorbell. */
  public ReadQueue(JobStore store, TaskPublisher publisher) {
    this.store = store;
    this.publisher = publisher;
  }

  @Override
  public void handle(Context context) {
    var queue = store.queue(Tenant.DEFAULT);
    Answers.json(context, 200, body(queue, publisher.deadLetters()));
  }

  private static byte[] body(QueueSnapshot queue, OptionalLong dead) {
    var age = queue.oldestAge();
    return Json.object(json -> {
      time(json, "paused_since", queue.pausedSince());
      json.writeNumberProperty("queued", queue.queued());
      json.writeNumberProperty("processing", queue.processing());
      number(json, "oldest_age_seconds", age == null ? null : age.toSeconds());
      json.writeArrayPropertyStart("workers");
      queue.workers().forEach(worker -> write(json, worker));
      json.writeEndArray();
      number(json, "dead", dead.isPresent() ? dead.getAsLong() : null);
    });
  }

  private static void write(JsonGenerator json, QueueSnapshot.Worker worker) {
    json.writeStartObject();
    json.writeStringProperty("id", worker.id());
    json.writeNumberProperty("slots", worker.slots());
    json.writeNumberProperty("running", worker.running());
    time(json, "last_seen", worker.lastSeen());
    json.writeEndObject();
  }
}
