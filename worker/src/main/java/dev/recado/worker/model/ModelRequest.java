package dev.recado.worker.model;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to ask the model.
 *
 * @param model its name
 * @param messages the conversation so far, oldest first
 * @param maxTokens the longest answer wanted, or null for the server's default
 * @param temperature how freely to choose words, or null for the server's default
 * @param callId names this attempt to the server ({@code X-Request-Id}), for finding a call that
 *     was paid twice
 * @param timeout after this long the answer is of no use to anyone
 */
public record ModelRequest(
    String model,
    List<Message> messages,
    @Nullable Integer maxTokens,
    @Nullable Double temperature,
    String callId,
    Duration timeout) {

  /** A request does not change. */
  public ModelRequest {
    messages = List.copyOf(messages);
  }

  /**
   * One turn of the conversation.
   *
   * @param role {@code system}, {@code user} or {@code assistant}
   * @param content its text
   */
  public record Message(String role, String content) {}
}
