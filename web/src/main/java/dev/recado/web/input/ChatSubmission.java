package dev.recado.web.input;

import dev.recado.job.JobId;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks for with {@code POST /v1/chat/completions}, validated.
 *
 * @param model which model; null means the worker's default
 * @param input the messages, and what the model is told about how to answer
 * @param metadata the client's own labels
 * @param delivery how the answer is to come
 */
public record ChatSubmission(
    @Nullable String model, ObjectNode input, @Nullable ObjectNode metadata, Delivery delivery) {
  private static final String CHAT = "chat";

  /** How an answer comes. */
  public enum Delivery {
    /** When it is complete. */
    WHOLE,
    /** As it is given. */
    STREAM,
    /** The same, and at the end the tokens it took. */
    STREAM_WITH_USAGE
  }

  /** The job to be made of it. How its answer is delivered is no part of it. */
  public NewJob asJob(JobId id, Duration timeToLive) {
    return new NewJob(
        id,
        Tenant.DEFAULT,
        CHAT,
        model,
        input.toString(),
        metadata == null ? null : metadata.toString(),
        timeToLive,
        null,
        null);
  }
}
