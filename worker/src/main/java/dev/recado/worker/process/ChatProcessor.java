package dev.recado.worker.process;

import dev.recado.job.ClaimedJob;
import dev.recado.worker.model.ModelRequest.Message;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kind {@code chat}: a conversation in, its next turn out. The input is what web let through of a
 * chat completion request; what is not read here goes to the model as it is.
 */
public final class ChatProcessor implements TextProcessor {
  private static final String MAX_TOKENS = "max_tokens";
  private static final String TEMPERATURE = "temperature";
  private static final Set<String> READ = Set.of("messages", MAX_TOKENS, TEMPERATURE);
  private static final Set<String> TURN = Set.of("role", "content");

  private final JsonMapper mapper = new JsonMapper();

  @Override
  public String kind() {
    return "chat";
  }

  @Override
  public Question ask(ClaimedJob job) {
    var input = read(job.inputJson());
    return new Question(
        messages(input),
        input.hasNonNull(MAX_TOKENS) ? input.get(MAX_TOKENS).intValue() : null,
        input.hasNonNull(TEMPERATURE) ? input.get(TEMPERATURE).doubleValue() : null,
        input.deepCopy().without(READ));
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

  private ObjectNode read(String json) {
    try {
      if (mapper.readTree(json) instanceof ObjectNode input) {
        return input;
      }
    } catch (JacksonException e) {
      // Without the cause: the parser quotes the input, which must not reach a log.
      throw new IllegalArgumentException("the job's input is not JSON");
    }
    throw new IllegalArgumentException("the job's input is not a JSON object");
  }
}
