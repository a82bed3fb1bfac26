package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.number;
import static dev.recado.web.answer.JsonMembers.text;
import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.delivery.Delivery;
import dev.recado.job.Job;
import dev.recado.store.HistoryEntry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Something that happened to a job.
 *
 * @param at when
 * @param event what
 * @param attempt under which claim, if it was under one
 * @param code the error's code, if it was an error, or the cause
 * @param message the error in words
 * @param providerStatus what the provider answered
 * @param worker who was at it
 * @param until what it had to wait for then
 * @param detail more about it, in words
 */
record Moment(
    Instant at,
    String event,
    @Nullable Integer attempt,
    @Nullable String code,
    @Nullable String message,
    @Nullable Integer providerStatus,
    @Nullable String worker,
    @Nullable Instant until,
    @Nullable String detail) {

  static Moment of(Instant at, String event, @Nullable String detail) {
    return new Moment(at, event, null, null, null, null, null, null, detail);
  }

  static Moment claimed(int attempt, Instant at, @Nullable String worker) {
    return new Moment(at, "claimed", attempt, null, null, null, worker, null, null);
  }

  static Moment accepted(Job job) {
    return new Moment(job.createdAt(), "accepted", null, null, null, null, null, job.runAt(), null);
  }

  static Moment of(HistoryEntry entry) {
    return new Moment(
        entry.at(),
        entry.event().wireName(),
        entry.attempt(),
        entry.code(),
        entry.message(),
        entry.providerStatus(),
        entry.worker(),
        entry.until(),
        null);
  }

  static Moment end(Job job, Instant at) {
    var error = job.error();
    return new Moment(
        at,
        job.state().wireName(),
        null,
        error == null ? null : error.code().wireName(),
        error == null ? null : error.message(),
        error == null ? null : error.providerStatus(),
        null,
        null,
        job.result() == null ? null : job.result().finishReason());
  }

  static Moment of(Delivery delivery) {
    var last = delivery.lastAttempt();
    return new Moment(
        last == null ? delivery.createdAt() : last.at(),
        "delivery",
        delivery.attempts(),
        delivery.state().wireName(),
        last == null ? null : last.error(),
        last == null ? null : last.status(),
        null,
        delivery.nextAttemptAt(),
        delivery.event());
  }

  void write(JsonGenerator json, Instant beginning) {
    json.writeStartObject();
    time(json, "at", at);
    json.writeStringProperty("event", event);
    json.writeNumberProperty("after_ms", Duration.between(beginning, at).toMillis());
    number(json, "attempt", attempt);
    text(json, "code", code);
    text(json, "message", message);
    number(json, "provider_status", providerStatus);
    text(json, "worker", worker);
    time(json, "until", until);
    text(json, "detail", detail);
    json.writeEndObject();
  }
}
