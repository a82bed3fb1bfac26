package dev.recado.worker.model;

import dev.recado.job.JobResult;
import dev.recado.job.Usage;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An answer as it comes in, from the frames of a stream or from one document. */
final class AnswerDraft {
  private static final int LONGEST_NAME = 200;
  private static final String END_MARK = "</s>";
  private static final Set<String> THOUGHTS = Set.of("thinking", "reasoning", "reasoning_text");

  private final int longest;
  private final StringBuilder content = new StringBuilder();
  private final StringBuilder reasoning = new StringBuilder();
  private final ToolCallDrafts toolCalls = new ToolCallDrafts();
  private String model;
  private String modelAsSaid = "";
  private @Nullable Usage usage;
  private @Nullable String finishReason;
  private boolean stopped;
  private boolean wentOn;
  private boolean answered;
  private boolean declined;
  private int length;
  private int told;

  AnswerDraft(String askedModel, int longest) {
    this.model = askedModel;
    this.longest = longest;
  }

  /** Takes one frame, or a whole document. */
  void add(JsonNode part) throws AnswerTooLargeException {
    var before = length;
    nameModel(part.path("model").asString(""));
    count(part.path("usage"));
    addChoice(ours(part), before);
    if (length > longest) {
      throw new AnswerTooLargeException("more than " + longest + " characters of text");
    }
  }

  /** Each frame says it again. */
  private void nameModel(String said) {
    if (!said.equals(modelAsSaid)) {
      modelAsSaid = said;
      model = name(said, model);
    }
  }

  /** Some send a running total with each frame: the last one counts, and null does not undo it. */
  private void count(JsonNode tokens) {
    var counts = TokenCounts.in(tokens);
    usage = counts == null ? usage : counts;
  }

  /**
   * We ask for one choice, so the first of each frame is ours, whatever its number: some count the
   * frames by it (text-generation-inference#1648, foundry-local#263). Frames with only usage, or a
   * ping, have none.
   */
  private static JsonNode ours(JsonNode part) {
    return part.path("choices").path(0);
  }

  private void addChoice(JsonNode choice, int before) throws AnswerTooLargeException {
    var delta = choice.path("delta");
    var message = choice.path("message");
    var text = choice.path("text");
    answered |= delta.isObject() || message.isObject() || text.isString();
    // A whole message at the end of a stream repeats what the frames have said.
    addTurn(delta.isObject() || hasSaid() ? delta : message, text);
    // Some put an empty delta beside each whole message.
    if (delta.isObject() && !hasSaid()) {
      addTurn(message, text);
    }
    count(choice.path("usage"));
    var reason = reason(choice);
    finishReason = reason == null ? finishReason : reason;
    var goesOn = length > before;
    wentOn |= stopped && goesOn;
    stopped = reason != null || (stopped && !goesOn);
  }

  private void addTurn(JsonNode turn, JsonNode text) throws AnswerTooLargeException {
    addContent(turn.path("content"), text);
    addReasoning(turn);
    length += toolCalls.add(turn.path("tool_calls"));
    declined |= !turn.path("refusal").asString("").isEmpty();
  }

  /** Why this choice says that it has stopped, if it does. Some write "null" for none as a text. */
  static @Nullable String reason(JsonNode choice) {
    var node = choice.path("finish_reason");
    var reason = node.isString() ? name(node.stringValue(), "") : "";
    return reason.isEmpty() || reason.equalsIgnoreCase("null") ? null : reason;
  }

  /** {@code text} is a completion's content; beside a delta it is only a duplicate. */
  private void addContent(JsonNode parts, JsonNode text) {
    if (parts.isArray()) {
      parts.forEach(this::addPart);
    } else if (parts.isObject()) {
      addPart(parts);
    } else {
      append(content, parts.isString() ? parts : text);
    }
  }

  private void addPart(JsonNode part) {
    if (part.isString()) {
      append(content, part);
    } else if (part.path("thinking").isArray()) {
      part.path("thinking").forEach(thought -> append(reasoning, thought.path("text")));
    } else {
      append(reasoning, part.path("thinking"));
      append(isThought(part) ? reasoning : content, part.path("text"));
    }
  }

  private static boolean isThought(JsonNode part) {
    return THOUGHTS.contains(part.path("type").asString(""));
  }

  /** Two names for one thing; whoever fills both says the same twice. */
  private void addReasoning(JsonNode message) {
    var thought = message.path("reasoning");
    var isSaid = thought.isString() && !thought.stringValue().isEmpty();
    append(reasoning, isSaid ? thought : message.path("reasoning_content"));
  }

  private void append(StringBuilder text, JsonNode piece) {
    if (piece.isString()) {
      text.append(piece.stringValue());
      length += piece.stringValue().length();
    }
  }

  private static String name(String said, String otherwise) {
    var name = Scrubber.oneLine(said);
    return name.isEmpty() ? otherwise : Scrubber.cut(name, LONGEST_NAME);
  }

  /** Whether anything that looks like an answer has been seen. */
  boolean isAnswered() {
    return answered;
  }

  /** Whether the server has said why it stopped, and nothing since. */
  boolean isStopped() {
    return stopped;
  }

  /**
   * The same, of a server that can be believed: what follows may be missed. Some say "stop" with
   * each frame, or before the first word (open-webui#23921, litellm#2195), and go on.
   */
  boolean isFinished() {
    return stopped && !wentOn && !(length == 0 && "stop".equalsIgnoreCase(finishReason));
  }

  @Nullable String finishReason() {
    return finishReason;
  }

  /** Whether the model declined in a member of its own. */
  boolean isDeclined() {
    return declined;
  }

  /** Whether there are arguments for a tool that is not named. */
  boolean hasNamelessCall() {
    return toolCalls.hasNameless();
  }

  private boolean hasSaid() {
    return !content.isEmpty() || !toolCalls.isEmpty();
  }

  boolean isEmpty() {
    return text().isBlank() && toolCalls.isEmpty();
  }

  /** What has come in of the text since the last call, if it will surely be a part of it. */
  String news() {
    var sure = content.length() - unsure();
    if (sure <= told) {
      return "";
    }
    var news = CleanText.of(content.substring(told, sure));
    told = sure;
    return news;
  }

  /** How many characters at the end are half of a pair, or what may become an end mark. */
  private int unsure() {
    var last = content.length() - 1;
    if (last >= 0 && Character.isHighSurrogate(content.charAt(last))) {
      return 1;
    }
    for (var size = END_MARK.length(); size > 0; size--) {
      var from = content.length() - size;
      if (from >= 0 && END_MARK.startsWith(content.substring(from))) {
        return size;
      }
    }
    return 0;
  }

  /** What there is so far. */
  JobResult result() {
    var text = text();
    return new JobResult(
        text.isEmpty() ? null : CleanText.of(text),
        reasoning.isEmpty() ? null : CleanText.of(reasoning),
        toolCalls.toJson(),
        model,
        usage,
        finishReason);
  }

  /** What there is so far, or null if that is nothing. */
  @Nullable JobResult partial() {
    var nothing = isEmpty() && reasoning.isEmpty() && usage == null && finishReason == null;
    return nothing ? null : result();
  }

  /** Older TGI sends the model's end mark as text. */
  private String text() {
    var text = content.toString();
    var marked = "eos_token".equals(finishReason) && text.endsWith(END_MARK);
    return marked ? text.substring(0, text.length() - END_MARK.length()) : text;
  }
}
