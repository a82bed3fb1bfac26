package dev.recado.worker.model;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a stream.
 *
 * @param event its name; empty for the usual kind
 * @param data its text
 * @param json the same as JSON, or null if it is none
 * @param whole whether its end was seen; a frame cut by the end of the stream is not
 */
record Frame(String event, String data, @Nullable JsonNode json, boolean whole) {
  boolean isDone() {
    return data.strip().equals("[DONE]");
  }

  boolean isNamedError() {
    return event.equals("error");
  }

  /** Pings and the like: named, and with nothing we could read. */
  boolean isNoise() {
    return data.isBlank() || (json == null && !event.isEmpty() && !event.equals("message"));
  }
}
