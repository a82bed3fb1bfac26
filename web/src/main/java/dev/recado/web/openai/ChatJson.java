package dev.recado.web.openai;

import static dev.recado.web.answer.JsonMembers.text;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobResult;
import dev.recado.job.Usage;
import dev.recado.web.answer.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How an answer looks in OpenAI's shape. */
final class ChatJson {
  private ChatJson() {}

  /** A whole completion. */
  static byte[] of(Job job, JobResult result) {
    return Json.object(json -> {
      writeHead(json, job.id(), "chat.completion", result.model());
      json.writeArrayPropertyStart("choices");
      json.writeStartObject();
      json.writeNumberProperty("index", 0);
      writeMessage(json, result);
      json.writeNullProperty("logprobs");
      json.writeStringProperty("finish_reason", finishReason(result));
      json.writeEndObject();
      json.writeEndArray();
      if (isCounted(result.usage())) {
        writeUsage(json, result.usage());
      }
    });
  }

  static void writeHead(JsonGenerator json, JobId job, String object, String model) {
    json.writeStringProperty("id", "chatcmpl-" + job.value());
    json.writeStringProperty("object", object);
    json.writeNumberProperty("created", job.createdAt().getEpochSecond());
    json.writeStringProperty("model", model);
  }

  private static void writeMessage(JsonGenerator json, JobResult result) {
    json.writeObjectPropertyStart("message");
    json.writeStringProperty("role", "assistant");
    text(json, "content", result.content());
    json.writeNullProperty("refusal");
    // SDKs take the mere presence of this member for a wish to call.
    if (result.toolCallsJson() != null) {
      json.writeName("tool_calls");
      json.writeRawValue(result.toolCallsJson());
    }
    json.writeEndObject();
  }

  /** In OpenAI's words, which SDKs compare with; servers have others for a natural end. */
  static String finishReason(JobResult result) {
    var reason = result.finishReason();
    if (reason == null) {
      return result.toolCallsJson() == null ? "stop" : "tool_calls";
    }
    return switch (reason) {
      case "eos", "eos_token", "stop_sequence" -> "stop";
      case "max_tokens" -> "length";
      default -> reason;
    };
  }

  /** Whether the provider has counted. SDKs expect numbers, and none is made up. */
  static boolean isCounted(@Nullable Usage usage) {
    return usage != null && usage.promptTokens() != null && usage.completionTokens() != null;
  }

  static void writeUsage(JsonGenerator json, @Nullable Usage usage) {
    if (usage == null || usage.promptTokens() == null || usage.completionTokens() == null) {
      json.writeNullProperty("usage");
      return;
    }
    json.writeObjectPropertyStart("usage");
    json.writeNumberProperty("prompt_tokens", usage.promptTokens());
    json.writeNumberProperty("completion_tokens", usage.completionTokens());
    json.writeNumberProperty(
        "total_tokens", total(usage, usage.promptTokens(), usage.completionTokens()));
    writeDetail(json, "prompt_tokens_details", "cached_tokens", usage.cachedTokens());
    writeDetail(json, "completion_tokens_details", "reasoning_tokens", usage.reasoningTokens());
    json.writeEndObject();
  }

  private static long total(Usage usage, long prompt, long completion) {
    return usage.totalTokens() == null ? prompt + completion : usage.totalTokens();
  }

  private static void writeDetail(
      JsonGenerator json, String details, String name, @Nullable Long tokens) {
    if (tokens != null) {
      json.writeObjectPropertyStart(details);
      json.writeNumberProperty(name, tokens);
      json.writeEndObject();
    }
  }
}
