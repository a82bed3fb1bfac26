package dev.recado.job;

import org.jspecify.annotations.Nullable;

/**
 * Tokens as the provider counted them. A count it did not send is null, never an invented zero.
 *
 * @param promptTokens tokens of the question
 * @param completionTokens tokens of the answer
 * @param totalTokens both
 * @param cachedTokens those of the question that came from the provider's cache
 * @param reasoningTokens those of the answer spent on thinking
 */
public record Usage(
    @Nullable Long promptTokens,
    @Nullable Long completionTokens,
    @Nullable Long totalTokens,
    @Nullable Long cachedTokens,
    @Nullable Long reasoningTokens) {}
