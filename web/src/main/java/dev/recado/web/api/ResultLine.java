package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.text;

import dev.recado.batch.BatchResult;
import dev.recado.job.Job;
import dev.recado.job.JobState;
import dev.recado.web.answer.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** One line of a batch's results. */
final class ResultLine {
  private ResultLine() {}

  static byte[] of(BatchResult ended) {
    var job = ended.job();
    var result = job.state() == JobState.SUCCEEDED ? job.result() : null;
    return Json.object(json -> {
      json.writeStringProperty("custom_id", ended.customId());
      json.writeNumberProperty("index", ended.index());
      json.writeStringProperty("job_id", job.id().value());
      json.writeStringProperty("status", job.state().wireName());
      JobJson.writeOutput(json, "result", result);
      text(json, "model", result == null ? job.model() : result.model());
      JobJson.writeUsage(json, result);
      text(json, "finish_reason", result == null ? null : result.finishReason());
      writeError(json, job);
    });
  }

  private static void writeError(JsonGenerator json, Job job) {
    switch (job.state()) {
      case SUCCEEDED ->
          writeError(json, job.result() == null ? "result_purged" : null, "its texts were erased");
      case CANCELED -> writeError(json, "job_canceled", "the job was canceled");
      default -> {
        if (job.error() == null) {
          writeError(json, "result_purged", "its texts were erased");
        } else {
          JobJson.writeError(json, "error", job.error());
        }
      }
    }
  }

  private static void writeError(JsonGenerator json, @Nullable String code, String message) {
    if (code == null) {
      json.writeNullProperty("error");
      return;
    }
    json.writeObjectPropertyStart("error");
    json.writeStringProperty("code", code);
    json.writeStringProperty("message", message);
    json.writeEndObject();
  }
}
