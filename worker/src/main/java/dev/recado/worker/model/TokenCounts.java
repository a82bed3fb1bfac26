package dev.recado.worker.model;

import dev.recado.job.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads {@code usage}: what is there is kept, what is not there stays unknown. */
final class TokenCounts {
  /** More than any model can have counted; sums of such numbers would overflow. */
  private static final long ABSURD = 1_000_000_000_000L;

  private TokenCounts() {}

  static @Nullable Usage in(JsonNode usage) {
    if (!usage.isObject()) {
      return null;
    }
    var counts =
        new Usage(
            count(usage.path("prompt_tokens")),
            count(usage.path("completion_tokens")),
            count(usage.path("total_tokens")),
            count(usage.path("prompt_tokens_details").path("cached_tokens")),
            count(usage.path("completion_tokens_details").path("reasoning_tokens")));
    return counts.equals(new Usage(null, null, null, null, null)) ? null : counts;
  }

  /** A count as a number or as text; nothing that is not a count. */
  private static @Nullable Long count(JsonNode node) {
    if (!node.isNumber() && !node.isString()) {
      return null;
    }
    var count = node.asLong(-1);
    return count < 0 || count > ABSURD ? null : count;
  }
}
