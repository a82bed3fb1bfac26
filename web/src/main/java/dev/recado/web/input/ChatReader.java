package dev.recado.web.input;

import static dev.recado.web.input.SubmissionReader.MAX_TOKENS;
import static dev.recado.web.input.SubmissionReader.METADATA;
import static dev.recado.web.input.SubmissionReader.MODEL;
import static dev.recado.web.input.SubmissionReader.MODEL_FORM;
import static dev.recado.web.input.SubmissionReader.MODEL_NAME;
import static dev.recado.web.input.SubmissionReader.TEMPERATURE;

import dev.recado.web.input.ChatSubmission.Delivery;
import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads chat completion requests and says what is wrong with them. Thread-safe. */
public final class ChatReader {
  private static final String MAX_COMPLETION_TOKENS = "max_completion_tokens";
  private static final String STREAM = "stream";
  private static final String STREAM_OPTIONS = "stream_options";
  private static final String INCLUDE_USAGE = "include_usage";
  static final Set<String> OF_STREAMS =
      Set.of(INCLUDE_USAGE, "include_obfuscation", "continuous_usage_stats");
  private static final Set<String> OWN =
      Set.of(
          MODEL,
          ChatMessages.NAME,
          MAX_TOKENS,
          MAX_COMPLETION_TOKENS,
          TEMPERATURE,
          METADATA,
          STREAM,
          STREAM_OPTIONS);
  static final Set<String> KNOWN = known();

  private final Bodies bodies;

  /** Reads bodies that find room there. */
  public ChatReader(Bodies bodies) {
    this.bodies = bodies;
  }

  private static Set<String> known() {
    var known = new HashSet<>(OWN);
    known.addAll(ChatOptions.names());
    return Set.copyOf(known);
  }

  /** Reads the body of a request; throws the problem if it is not a good one. */
  public ChatSubmission read(HttpServletRequest request) {
    JsonMediaType.require(request);
    var object = StrictJson.conversation(bodies.read(request));
    var errors = new FieldErrors();
    var fields = new Fields(object, errors);
    fields.allow(KNOWN);
    var submission = read(object, fields, errors);
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return submission;
  }

  /** What the known fields hold; good only if no error was found. */
  private static ChatSubmission read(ObjectNode object, Fields fields, FieldErrors errors) {
    return new ChatSubmission(
        fields.text(MODEL, Limits.MODEL, MODEL_NAME, MODEL_FORM),
        input(object, fields, errors),
        fields.labels(METADATA),
        delivery(fields, errors));
  }

  private static ObjectNode input(ObjectNode object, Fields fields, FieldErrors errors) {
    var input = JsonNodeFactory.instance.objectNode();
    input.set(ChatMessages.NAME, ChatMessages.read(object, errors));
    var maxTokens = maxTokens(fields);
    if (maxTokens != null) {
      input.put(MAX_TOKENS, maxTokens);
    }
    var temperature = fields.number(TEMPERATURE, 0, Limits.TEMPERATURE);
    if (temperature != null) {
      input.put(TEMPERATURE, temperature);
    }
    ChatOptions.read(fields, input);
    return input;
  }

  /** The newer spelling counts where there are both; the worker finds out which one to use. */
  private static @Nullable Integer maxTokens(Fields fields) {
    var older = fields.wholeNumber(MAX_TOKENS, 1, Limits.MAX_TOKENS);
    var newer = fields.wholeNumber(MAX_COMPLETION_TOKENS, 1, Limits.MAX_TOKENS);
    return newer == null ? older : newer;
  }

  private static Delivery delivery(Fields fields, FieldErrors errors) {
    var options = fields.shaped(STREAM_OPTIONS, JsonNode::isObject, "must be an object");
    var wantsUsage =
        options instanceof ObjectNode object
            && wantsUsage(new Fields(object, errors.within(STREAM_OPTIONS)));
    if (!fields.flag(STREAM)) {
      return Delivery.WHOLE;
    }
    return wantsUsage ? Delivery.STREAM_WITH_USAGE : Delivery.STREAM;
  }

  private static boolean wantsUsage(Fields streamOptions) {
    streamOptions.allow(OF_STREAMS);
    return streamOptions.flag(INCLUDE_USAGE);
  }
}
