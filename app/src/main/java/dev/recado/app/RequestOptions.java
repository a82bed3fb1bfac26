package dev.recado.app;

import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What else can be said about a text that is left. */
final class RequestOptions {
  private final ObjectNode said = JsonMapper.shared().createObjectNode();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Which model. Default: the server's.")
  void model(String name) {
    said.put("model", name);
  }

  @Option(names = "--system", paramLabel = "TEXT", description = "How the model shall behave.")
  void system(String text) {
    said.put("system", text);
  }

  @Option(names = "--max-tokens", paramLabel = "N", description = "The longest answer wanted.")
  void maxTokens(int tokens) {
    said.put("max_tokens", tokens);
  }

  @Option(names = "--temperature", paramLabel = "T", description = "How freely words are chosen.")
  void temperature(double temperature) {
    said.put("temperature", temperature);
  }

  @Option(
      names = "--priority",
      paramLabel = "NAME",
      description = "high, normal or low: who goes first. Default: normal.")
  void priority(String name) {
    said.put("priority", name);
  }

  @Option(
      names = "--run-at",
      paramLabel = "TIME",
      description = "Not to be started before then, such as 2026-11-21T18:00:00Z.")
  void runAt(String time) {
    said.put("run_at", time);
  }

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "What to call when it has ended; recado webhook-listen can be called.")
  void webhook(String url) {
    said.put("webhook", url);
  }

  /** A request about this text, with what else was said. */
  ObjectNode about(String text) {
    ObjectNode request = JsonMapper.shared().createObjectNode().put("text", text);
    return request.setAll(said);
  }

  /** Whether nothing else is said. */
  boolean isEmpty() {
    return said.isEmpty();
  }
}
