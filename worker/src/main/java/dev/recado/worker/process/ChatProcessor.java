package dev.recado.worker.process;

import dev.recado.job.ClaimedJob;
import dev.recado.worker.model.ModelRequest.Message;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kind {@code chat}: a conversation in, its next turn out. The input is what web let through of a
 * chat completion request; what is not read here goes to the model as it is.
 */
public final class ChatProcessor implements TextProcessor {
  private static final Set<String> READ =
      Set.of("messages", JobInput.MAX_TOKENS, JobInput.TEMPERATURE);
  private static final Set<String> TURN = Set.of("role", "content");

  @Override
  public String kind() {
    return "chat";
  }

  @Override
  public Question ask(ClaimedJob job) {
    var input = JobInput.of(job);
    return new Question(
        messages(input.json()),
        input.maxTokens(),
        input.temperature(),
        input.json().deepCopy().without(READ));
  }

  private static List<Message> messages(ObjectNode input) {
    if (!(input.get("messages") instanceof ArrayNode messages) || messages.isEmpty()) {
      throw new IllegalArgumentException("the job has no messages");
    }
    return messages.valueStream().map(ChatProcessor::message).toList();
  }

  private static Message message(JsonNode node) {
    if (!(node instanceof ObjectNode turn) || !turn.path("role").isString()) {
      throw new IllegalArgumentException("a message of the job has no role");
    }
    var role = turn.get("role").stringValue();
    return new Message(role, content(turn), turn.deepCopy().without(TURN));
  }

  private static @Nullable String content(ObjectNode turn) {
    var content = turn.path("content");
    return content.isString() ? content.stringValue() : null;
  }
}
