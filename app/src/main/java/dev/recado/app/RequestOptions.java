package dev.recado.app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What else can be said about a text that is left. */
final class RequestOptions {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Which model. Default: the server's.")
  private @Nullable String model;

  @Option(names = "--system", paramLabel = "TEXT", description = "How the model shall behave.")
  private @Nullable String system;

  @Option(names = "--max-tokens", paramLabel = "N", description = "The longest answer wanted.")
  private @Nullable Integer maxTokens;

  @Option(names = "--temperature", paramLabel = "T", description = "How freely words are chosen.")
  private @Nullable Double temperature;

  @Option(
      names = "--priority",
      paramLabel = "NAME",
      description = "high, normal or low: who goes first. Default: normal.")
  private @Nullable String priority;

  @Option(
      names = "--run-at",
      paramLabel = "TIME",
      description = "Not to be started before then, such as 2026-11-21T18:00:00Z.")
  private @Nullable String runAt;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "What to call when it has ended; recado webhook-listen can be called.")
  private @Nullable String webhook;

  ObjectNode fill(ObjectNode request) {
    if (model != null) {
      request.put("model", model);
    }
    if (system != null) {
      request.put("system", system);
    }
    if (maxTokens != null) {
      request.put("max_tokens", maxTokens);
    }
    if (temperature != null) {
      request.put("temperature", temperature);
    }
    if (priority != null) {
      request.put("priority", priority);
    }
    if (runAt != null) {
      request.put("run_at", runAt);
    }
    if (webhook != null) {
      request.put("webhook", webhook);
    }
    return request;
  }

  /** Whether nothing else is said. */
  boolean isEmpty() {
    return fill(JsonMapper.shared().createObjectNode()).isEmpty();
  }
}
