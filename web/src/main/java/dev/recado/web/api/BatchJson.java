package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.raw;
import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.batch.Batch;
import dev.recado.job.BatchId;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** How a batch looks in JSON. */
final class BatchJson {
  private BatchJson() {}

  static void write(JsonGenerator json, Batch batch) {
    json.writeStringProperty("batch_id", batch.id().value());
    json.writeStringProperty("object", "batch");
    json.writeStringProperty("status", batch.status().name().toLowerCase(Locale.ROOT));
    json.writeBooleanProperty("done", batch.completedAt() != null);
    writeCounts(json, batch.counts());
    raw(json, "metadata", batch.metadataJson());
    time(json, "created_at", batch.id().createdAt());
    time(json, "canceled_at", batch.canceledAt());
    time(json, "completed_at", batch.completedAt());
    time(json, "deadline", batch.deadline());
    json.writeObjectPropertyStart("urls");
    json.writeStringProperty("batch", url(batch.id()));
    json.writeStringProperty("results", url(batch.id()) + "/results");
    json.writeStringProperty("cancel", url(batch.id()) + "/cancel");
    json.writeEndObject();
  }

  private static void writeCounts(JsonGenerator json, Batch.Counts counts) {
    json.writeObjectPropertyStart("request_counts");
    json.writeNumberProperty("total", counts.total());
    json.writeNumberProperty("queued", counts.queued());
    json.writeNumberProperty("processing", counts.processing());
    json.writeNumberProperty("succeeded", counts.succeeded());
    json.writeNumberProperty("failed", counts.failed());
    json.writeNumberProperty("canceled", counts.canceled());
    json.writeNumberProperty("expired", counts.expired());
    json.writeEndObject();
  }

  static String url(BatchId id) {
    return "/api/batches/" + id.value();
  }
}
