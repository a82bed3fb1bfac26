package dev.recado.web.input;

import dev.recado.job.JobId;
import dev.recado.job.NewJob;
import dev.recado.job.Priority;
import dev.recado.job.Tenant;
import dev.recado.web.answer.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks for with {@code POST /api/predict}, validated.
 *
 * @param text what the model is to work on
 * @param model which one; null means the worker's default
 * @param system how it is to behave
 * @param maxTokens how long its answer may be
 * @param temperature how freely it may answer
 * @param timeToLive how soon the answer must be there; null means the service's default
 * @param metadata the client's own labels
 * @param webhook the URL to call when the job has ended
 * @param priority whether it goes before others; null means the usual
 * @param runAt when it may start; null, or a time that is past, means at once
 */
public record Submission(
    String text,
    @Nullable String model,
    @Nullable String system,
    @Nullable Integer maxTokens,
    @Nullable Double temperature,
    @Nullable Duration timeToLive,
    @Nullable ObjectNode metadata,
    @Nullable String webhook,
    @Nullable Priority priority,
    @Nullable Instant runAt) {

  private static final String GENERATE = "generate";

  /** The job to be made of it. */
  public NewJob asJob(JobId id, Duration usualTimeToLive) {
    return asJob(id, usualTimeToLive, Priority.NORMAL);
  }

  /** The job to be made of it where another priority is the usual one. */
  public NewJob asJob(JobId id, Duration usualTimeToLive, Priority usualPriority) {
    return new NewJob(
        id,
        Tenant.DEFAULT,
        GENERATE,
        model,
        new String(Json.object(this::writeInput), StandardCharsets.UTF_8),
        metadata == null ? null : metadata.toString(),
        timeToLive == null ? usualTimeToLive : timeToLive,
        null,
        webhook,
        priority == null ? usualPriority : priority,
        runAt,
        null);
  }

  private void writeInput(JsonGenerator json) {
    json.writeStringProperty(SubmissionReader.TEXT, text);
    if (system != null) {
      json.writeStringProperty(SubmissionReader.SYSTEM, system);
    }
    if (maxTokens != null) {
      json.writeNumberProperty(SubmissionReader.MAX_TOKENS, maxTokens);
    }
    if (temperature != null) {
      json.writeNumberProperty(SubmissionReader.TEMPERATURE, temperature);
    }
  }
}
