package dev.recado.job;

import org.jspecify.annotations.Nullable;

/**
 * What a job that succeeded has to give.
 *
 * @param content the answer's text; null only beside tool calls
 * @param reasoning the model's thinking, if the provider sent it apart from the answer
 * @param toolCallsJson the provider's tool calls as a JSON array, or null
 * @param model the model that answered, as the provider named it
 * @param usage token counts, if the provider sent any
 * @param finishReason why the model stopped, in the provider's word
 */
public record JobResult(
    @Nullable String content,
    @Nullable String reasoning,
    @Nullable String toolCallsJson,
    String model,
    @Nullable Usage usage,
    @Nullable String finishReason) {}
