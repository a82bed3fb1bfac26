package dev.recado.web.input;

import dev.recado.web.problem.FieldError.Fault;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a conversation into the form that every model server understands: contents are plain
 * strings, and what only OpenAI's own servers know is said in the older way.
 */
final class ChatMessages {
  static final String NAME = "messages";
  private static final String ROLE = "role";
  private static final String CONTENT = "content";
  private static final String TURN_NAME = "name";
  private static final String TOOL_CALLS = "tool_calls";
  private static final String TOOL_CALL_ID = "tool_call_id";
  private static final String REFUSAL = "refusal";
  private static final String TYPE = "type";

  /** Where caches may cut, and what LangChain names its blocks by: passed over. */
  static final Set<String> PASSED_OVER =
      Set.of("cache_control", "prompt_cache_breakpoint", "id", "index", "annotations");

  private static final String ASSISTANT = "assistant";
  private static final String TOOL = "tool";

  /** How roles are said to the model. "developer" is what OpenAI's newer models call the system. */
  private static final Map<String, String> ROLES =
      Map.of(
          "system",
          "system",
          "developer",
          "system",
          "user",
          "user",
          ASSISTANT,
          ASSISTANT,
          TOOL,
          TOOL);

  /** The last of these come along when a client sends back an answer as it got it. */
  static final Set<String> KNOWN =
      Set.of(
          ROLE,
          CONTENT,
          TURN_NAME,
          TOOL_CALLS,
          TOOL_CALL_ID,
          REFUSAL,
          "annotations",
          "audio",
          "function_call",
          "reasoning",
          "reasoning_content");

  private final ObjectNode message;
  private final Fields fields;
  private final FieldErrors errors;

  private ChatMessages(ObjectNode message, FieldErrors errors) {
    this.message = message;
    this.fields = new Fields(message, errors);
    this.errors = errors;
  }

  /** Good only if no error was found. */
  static ArrayNode read(ObjectNode request, FieldErrors errors) {
    var turns = JsonNodeFactory.instance.arrayNode();
    if (!(request.get(NAME) instanceof ArrayNode messages) || messages.isEmpty()) {
      errors.add(NAME, Fault.REQUIRED, "must be an array of at least one message");
      return turns;
    }
    for (var i = 0; i < messages.size(); i++) {
      var name = NAME + "[" + i + "]";
      if (messages.get(i) instanceof ObjectNode message) {
        turns.add(new ChatMessages(message, errors.within(name)).turn());
      } else {
        errors.add(name, Fault.WRONG_TYPE, "must be an object");
      }
    }
    return turns;
  }

  private ObjectNode turn() {
    fields.allow(KNOWN);
    var role = role();
    var turn = JsonNodeFactory.instance.objectNode().put(ROLE, role);
    var calls = role.equals(ASSISTANT) ? toolCalls() : null;
    turn.put(CONTENT, content(calls != null));
    set(turn, TURN_NAME, fields.text(TURN_NAME, Limits.TURN_NAME));
    if (calls != null) {
      turn.set(TOOL_CALLS, calls);
    }
    if (role.equals(TOOL)) {
      set(turn, TOOL_CALL_ID, required(TOOL_CALL_ID, Limits.TOOL_CALL_ID));
    }
    return turn;
  }

  private static void set(ObjectNode turn, String name, @Nullable String value) {
    if (value != null) {
      turn.put(name, value);
    }
  }

  private String role() {
    var words = "must be system, developer, user, assistant or tool";
    if (!fields.isPresent(ROLE)) {
      errors.add(ROLE, Fault.REQUIRED, words);
    }
    var role = fields.oneOf(ROLE, name -> Optional.ofNullable(ROLES.get(name)), words);
    return role == null ? "" : role;
  }

  private @Nullable JsonNode toolCalls() {
    var form = "must be an array of objects";
    var calls =
        fields.shaped(
            TOOL_CALLS,
            node -> node.isArray() && node.valueStream().allMatch(JsonNode::isObject),
            form);
    return calls == null || calls.isEmpty() ? null : calls;
  }

  private @Nullable String required(String name, int longest) {
    if (!fields.isPresent(name)) {
      errors.add(name, Fault.REQUIRED, "must be there");
    }
    return fields.text(name, longest);
  }

  private @Nullable String content(boolean mayBeAbsent) {
    if (message.get(CONTENT) instanceof ArrayNode parts) {
      return joined(parts);
    }
    if (fields.isPresent(CONTENT)) {
      return fields.text(CONTENT, Limits.TEXT);
    }
    if (fields.isPresent(REFUSAL)) {
      return fields.text(REFUSAL, Limits.TEXT);
    }
    if (!mayBeAbsent) {
      errors.add(CONTENT, Fault.REQUIRED, "must be a string or an array of text parts");
    }
    return null;
  }

  /** Not every server reads parts; those that do put a line break between texts. */
  private String joined(ArrayNode parts) {
    for (var i = 0; i < parts.size(); i++) {
      check(parts.get(i), CONTENT + "[" + i + "]");
    }
    return parts
        .valueStream()
        .map(part -> part.path(part.path(TYPE).asString("")).asString(""))
        .collect(Collectors.joining("\n"));
  }

  private void check(JsonNode part, String name) {
    var type = part.path(TYPE).asString("");
    if (!type.equals("text") && !type.equals(REFUSAL)) {
      errors.add(name, Fault.MALFORMED, "must be of type text: nothing else is read here");
    } else {
      new ChatMessages((ObjectNode) part, errors.within(name)).requirePart(type);
    }
  }

  private void requirePart(String type) {
    var known = new HashSet<>(PASSED_OVER);
    known.addAll(Set.of(TYPE, type));
    fields.allow(known);
    required(type, Limits.TEXT);
  }
}
