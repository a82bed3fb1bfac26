package dev.recado.web.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.job.JobId;
import dev.recado.job.JobResult;
import dev.recado.web.answer.Json;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pieces of a streamed answer.
 *
 * @param job whose answer it is
 * @param model the model that was asked for; which one answers is known at the end only
 */
record ChunkJson(JobId job, String model) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What ends a stream that has come to its end. */
  static final byte[] DONE = "[DONE]".getBytes(UTF_8);

  /** The first: who speaks. */
  byte[] role() {
    return chunk(
        delta -> {
          delta.writeStringProperty("role", "assistant");
          delta.writeStringProperty("content", "");
        },
        null);
  }

  /** The next words. */
  byte[] content(String words) {
    return chunk(delta -> delta.writeStringProperty("content", words), null);
  }

  /** What the model wants called, all at once: no server streams calls in a way worth keeping. */
  byte[] toolCalls(String callsJson) {
    return chunk(delta -> writeCalls(delta, callsJson), null);
  }

  private static void writeCalls(JsonGenerator delta, String callsJson) {
    delta.writeArrayPropertyStart("tool_calls");
    var index = 0;
    for (var call : MAPPER.readTree(callsJson)) {
      var numbered = ((ObjectNode) call).deepCopy().put("index", index++);
      delta.writeRawValue(numbered.toString());
    }
    delta.writeEndArray();
  }

  /** Why there are no more words. */
  byte[] end(JobResult result) {
    return chunk(delta -> {}, ChatJson.finishReason(result));
  }

  private byte[] chunk(Consumer<JsonGenerator> delta, @Nullable String finishReason) {
    return Json.object(json -> {
      ChatJson.writeHead(json, job, "chat.completion.chunk", model);
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", 0);
      json.writeObjectPropertyStart("delta");
      delta.accept(json);
      json.writeEndObject();
      if (finishReason == null) {
        json.writeNullProperty("finish_reason");
      } else {
        json.writeStringProperty("finish_reason", finishReason);
      }
      json.writeEndObject();
      json.writeEndArray();
    });
  }

  /** What it took, and by which model. */
  byte[] usage(JobResult result) {
    return Json.object(json -> {
      ChatJson.writeHead(json, job, "chat.completion.chunk", result.model());
      json.writeArrayPropertyStart("choices");
      json.writeEndArray();
      ChatJson.writeUsage(json, result.usage());
    });
  }
}
