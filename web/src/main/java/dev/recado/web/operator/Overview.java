package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.number;
import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.queue.DoorbellState;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.store.MinuteStatistics;
import dev.recado.store.QueueSnapshot;
import dev.recado.store.StoreLoad;
import dev.recado.web.answer.Json;
import java.time.Clock;
import java.util.Arrays;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;

/**
 * Everything at one look. All of it comes from counters: what it costs does not grow with the
 * number of jobs. Thread-safe.
 */
final class Overview {
  private static final int HOUR = 60;
  private static final double MINUTE_SECONDS = 60;

  private final JobStore store;
  private final TaskPublisher publisher;
  private final String version;
  private final Clock clock;

  Overview(JobStore store, TaskPublisher publisher, String version, Clock clock) {
    this.store = store;
    this.publisher = publisher;
    this.version = version;
    this.clock = clock;
  }

  /** How things stand now. */
  byte[] document() {
    var now = clock.instant();
    var queue = store.queue(Tenant.DEFAULT);
    var load = store.load();
    var hour = Window.of(store.operations(), now, HOUR);
    return Json.object(json -> {
      time(json, "at", now);
      time(json, "paused_since", queue.pausedSince());
      writeQueue(json, queue, load, publisher.deadLetters());
      writeFinished(json, queue);
      writeWorkers(json, queue);
      writeBroker(json, publisher.state());
      writeStore(json, load);
      writeRates(json, hour.lastFull());
      json.writeObjectPropertyStart("last_hour");
      StatisticsJson.write(json, hour.sum());
      json.writeEndObject();
      json.writeStringProperty("version", version);
    });
  }

  private static void writeQueue(
      JsonGenerator json, QueueSnapshot queue, StoreLoad load, OptionalLong dead) {
    var age = queue.oldestAge();
    json.writeObjectPropertyStart("queue");
    json.writeNumberProperty("queued", queue.queued());
    json.writeNumberProperty("processing", queue.processing());
    json.writeNumberProperty("later", load.waiting().later());
    number(json, "oldest_age_seconds", age == null ? null : age.toSeconds());
    number(json, "dead", dead.isPresent() ? dead.getAsLong() : null);
    json.writeEndObject();
  }

  /** As many as are remembered. */
  private static void writeFinished(JsonGenerator json, QueueSnapshot queue) {
    json.writeObjectPropertyStart("finished");
    Arrays.stream(JobState.values())
        .filter(JobState::isTerminal)
        .forEach(
            end -> json.writeNumberProperty(end.wireName(), queue.ended().getOrDefault(end, 0L)));
    json.writeEndObject();
  }

  private static void writeWorkers(JsonGenerator json, QueueSnapshot queue) {
    json.writeArrayPropertyStart("workers");
    for (var worker : queue.workers()) {
      json.writeStartObject();
      json.writeStringProperty("id", worker.id());
      json.writeNumberProperty("slots", worker.slots());
      json.writeNumberProperty("busy", worker.running());
      time(json, "last_seen", worker.lastSeen());
      time(json, "lease_until", worker.leaseUntil());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeBroker(JsonGenerator json, DoorbellState state) {
    json.writeObjectPropertyStart("broker");
    json.writeStringProperty("kind", state.kind().wireName());
    json.writeBooleanProperty("connected", state.isConnected());
    json.writeBooleanProperty("blocked", state.isBlocked());
    json.writeNumberProperty("unconfirmed_rings", state.unconfirmedRings());
    json.writeEndObject();
  }

  private static void writeStore(JsonGenerator json, StoreLoad load) {
    json.writeObjectPropertyStart("store");
    json.writeNumberProperty("bytes", load.bytes());
    json.writeNumberProperty("free_bytes", load.freeBytes());
    json.writeEndObject();
  }

  private static void writeRates(JsonGenerator json, MinuteStatistics minute) {
    var ended = minute.ended();
    var finished = ended.values().stream().mapToLong(Long::longValue).sum();
    var failed = ended.getOrDefault(JobState.FAILED.wireName(), 0L);
    json.writeObjectPropertyStart("rates");
    writeRate(json, "accepted_per_second", minute.accepted());
    writeRate(json, "finished_per_second", finished);
    writeRate(json, "failed_per_second", failed);
    json.writeEndObject();
  }

  /** With two digits after the point. */
  private static void writeRate(JsonGenerator json, String name, long inAMinute) {
    json.writeNumberProperty(name, Math.round(inAMinute * 100 / MINUTE_SECONDS) / 100.0);
  }
}
