package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.number;
import static dev.recado.web.answer.JsonMembers.raw;
import static dev.recado.web.answer.JsonMembers.text;
import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.job.Job;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.Usage;
import dev.recado.store.JobPage;
import dev.recado.trace.Traceparent;
import dev.recado.web.answer.Json;
import dev.recado.web.input.Cursor;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How a job looks in JSON. */
public final class JobJson {
  private JobJson() {}

  /** Everything about it. */
  public static void writeWhole(JsonGenerator json, Job job) {
    writeListed(json, job);
    raw(json, "input", job.inputJson());
    writeOutput(json, "output", job.state() == JobState.SUCCEEDED ? job.result() : null);
    writeOutput(json, "partial_output", job.state() == JobState.FAILED ? job.result() : null);
  }

  /** All but its texts, which may be long: a page of a hundred jobs stays small. */
  public static void writeListed(JsonGenerator json, Job job) {
    writeAsked(json, job);
    raw(json, "metadata", job.metadataJson());
    writeCourse(json, job);
    writeTrace(json, job);
  }

  /** All but what its client said and was told: nothing in it is private. */
  public static void writeBare(JsonGenerator json, Job job) {
    writeAsked(json, job);
    writeCourse(json, job);
  }

  private static void writeAsked(JsonGenerator json, Job job) {
    json.writeStringProperty("id", job.id().value());
    json.writeStringProperty("object", "job");
    json.writeStringProperty("kind", job.kind());
    json.writeStringProperty("status", job.state().wireName());
    json.writeBooleanProperty("done", job.state().isTerminal());
    text(json, "model", job.result() == null ? job.model() : job.result().model());
    var ended = job.state().isTerminal();
    writeError(json, "error", ended ? job.error() : null);
    // Apart from "error", so that nobody takes a job that is being tried again for a failed one.
    writeError(json, "last_error", ended ? null : job.error());
    json.writeNumberProperty("attempts", job.attempts());
    text(json, "retry_of", job.retryOf() == null ? null : job.retryOf().value());
    text(json, "batch_id", job.batch() == null ? null : job.batch().value());
  }

  private static void writeCourse(JsonGenerator json, Job job) {
    writeUsage(json, job.result());
    json.writeStringProperty("priority", job.priority().wireName());
    time(json, "created_at", job.createdAt());
    time(json, "run_at", job.runAt());
    time(json, "started_at", job.startedAt());
    time(json, "completed_at", job.completedAt());
    time(json, "deadline", job.deadline());
    writeMetrics(json, job);
    writeUrls(json, job.id());
  }

  /** A page of a list of jobs, each written in this way. */
  public static byte[] page(JobPage page, BiConsumer<JsonGenerator, Job> writer) {
    return Json.object(json -> {
      json.writeArrayPropertyStart("data");
      for (var job : page.jobs()) {
        json.writeStartObject();
        writer.accept(json, job);
        json.writeEndObject();
      }
      json.writeEndArray();
      var next = page.nextCursor();
      text(json, "next_cursor", next == null ? null : Cursor.after(next));
      json.writeBooleanProperty("has_more", next != null);
    });
  }

  /** What it said, or null. */
  public static void writeOutput(JsonGenerator json, String name, @Nullable JobResult result) {
    if (result == null) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    text(json, "content", result.content());
    json.writeStringProperty("role", "assistant");
    raw(json, "tool_calls", result.toolCallsJson());
    json.writeEndObject();
  }

  static void writeUsage(JsonGenerator json, @Nullable JobResult result) {
    var usage = result == null ? null : result.usage();
    if (usage == null) {
      json.writeNullProperty("usage");
      return;
    }
    json.writeObjectPropertyStart("usage");
    writeCounts(json, usage);
    json.writeEndObject();
  }

  private static void writeCounts(JsonGenerator json, Usage usage) {
    number(json, "prompt_tokens", usage.promptTokens());
    number(json, "completion_tokens", usage.completionTokens());
    number(json, "total_tokens", usage.totalTokens());
    if (usage.cachedTokens() != null) {
      number(json, "cached_tokens", usage.cachedTokens());
    }
    if (usage.reasoningTokens() != null) {
      number(json, "reasoning_tokens", usage.reasoningTokens());
    }
  }

  static void writeMetrics(JsonGenerator json, Job job) {
    json.writeObjectPropertyStart("metrics");
    number(json, "queue_ms", millis(job.dueAt(), job.startedAt()));
    number(json, "run_ms", millis(job.startedAt(), job.completedAt()));
    json.writeNumberProperty("attempts", job.attempts());
    json.writeEndObject();
  }

  private static @Nullable Long millis(@Nullable Instant from, @Nullable Instant to) {
    return from == null || to == null ? null : Duration.between(from, to).toMillis();
  }

  static void writeError(JsonGenerator json, String name, @Nullable JobError error) {
    if (error == null) {
      json.writeNullProperty(name);
      return;
    }
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("code", error.code().wireName());
    json.writeStringProperty("message", error.message());
    json.writeStringProperty("source", error.source().name().toLowerCase(Locale.ROOT));
    number(json, "provider_status", error.providerStatus());
    json.writeBooleanProperty("retryable", error.retryable());
    json.writeEndObject();
  }

  /** Left out where there is none, which is the rule. */
  static void writeTrace(JsonGenerator json, Job job) {
    if (job.traceparent() != null) {
      text(json, "trace_id", Traceparent.traceId(job.traceparent()));
    }
  }

  static void writeUrls(JsonGenerator json, JobId id) {
    json.writeObjectPropertyStart("urls");
    json.writeStringProperty("job", "/api/jobs/" + id.value());
    json.writeStringProperty("result", resultUrl(id));
    json.writeStringProperty("cancel", "/api/jobs/" + id.value() + "/cancel");
    json.writeStringProperty("events", "/api/jobs/" + id.value() + "/events");
    json.writeEndObject();
  }

  static String resultUrl(JobId id) {
    return "/api/result/" + id.value();
  }
}
