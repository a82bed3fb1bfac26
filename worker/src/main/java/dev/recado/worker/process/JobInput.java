package dev.recado.worker.process;

import dev.recado.job.ClaimedJob;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What web has left with a job, and the options that jobs of several kinds have. */
record JobInput(ObjectNode json) {
  static final String MAX_TOKENS = "max_tokens";
  static final String TEMPERATURE = "temperature";

  private static final JsonMapper MAPPER = new JsonMapper();

  static JobInput of(ClaimedJob job) {
    try {
      if (MAPPER.readTree(job.inputJson()) instanceof ObjectNode json) {
        return new JobInput(json);
      }
    } catch (JacksonException e) {
      // Without the cause: the parser quotes the input, which must not reach a log.
      throw new IllegalArgumentException("the job's input is not JSON");
    }
    throw new IllegalArgumentException("the job's input is not a JSON object");
  }

  @Nullable Integer maxTokens() {
    return json.hasNonNull(MAX_TOKENS) ? json.get(MAX_TOKENS).intValue() : null;
  }

  @Nullable Double temperature() {
    return json.hasNonNull(TEMPERATURE) ? json.get(TEMPERATURE).doubleValue() : null;
  }
}
