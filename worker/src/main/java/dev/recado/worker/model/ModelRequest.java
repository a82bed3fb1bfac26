package dev.recado.worker.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What to ask the model.
 *
 * @param model its name
 * @param messages the conversation so far, oldest first
 * @param maxTokens the longest answer wanted, or null for the server's default
 * @param temperature how freely to choose words, or null for the server's default
 * @param options what else the server is told about how to answer, in its own spelling, such as
 *     {@code top_p} or {@code tools}; passed on as it is, and not to be changed
 * @param callId names this attempt to the server ({@code X-Request-Id}), for finding a call that
 *     was paid twice
 * @param timeout after this long the answer is of no use to anyone
 */
public record ModelRequest(
    String model,
    List<Message> messages,
    @Nullable Integer maxTokens,
    @Nullable Double temperature,
    ObjectNode options,
    String callId,
    Duration timeout) {

  /** A request with no other options. */
  public ModelRequest(
      String model,
      List<Message> messages,
      @Nullable Integer maxTokens,
      @Nullable Double temperature,
      String callId,
      Duration timeout) {
    this(
        model,
        messages,
        maxTokens,
        temperature,
        JsonNodeFactory.instance.objectNode(),
        callId,
        timeout);
  }

  /** A request does not change. */
  public ModelRequest {
    messages = List.copyOf(messages);
  }

  /**
   * One turn of the conversation.
   *
   * @param role {@code system}, {@code user}, {@code assistant} or {@code tool}
   * @param content its text; null only beside tool calls
   * @param rest what else belongs to it, in the server's spelling, such as {@code tool_calls};
   *     passed on as it is, and not to be changed
   */
  public record Message(String role, @Nullable String content, ObjectNode rest) {
    /** A turn that is nothing but text. */
    public Message(String role, String content) {
      this(role, content, JsonNodeFactory.instance.objectNode());
    }
  }
}
