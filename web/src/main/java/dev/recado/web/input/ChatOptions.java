package dev.recado.web.input;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a chat completion request may say about how to answer. Some of it goes to the model as it
 * is, some changes nothing here and is passed over, and some could not be kept, so it is refused:
 * an answer that silently lacks what was asked for is worse than none.
 */
final class ChatOptions {
  private static final String NUMBER = "must be a number";
  private static final String TEXT = "must be a string";
  private static final String OBJECT = "must be an object";
  private static final String NOT_HERE = "is not supported here";

  /** In the order in which they are kept, so that the same request is the same job. */
  private static final Map<String, Rule> PASSED_ON = passedOn();

  /** Fields that are fine as long as they ask for nothing that is not done anyway. */
  private static final Map<String, Rule> HARMLESS_ONLY =
      Map.of(
          "n", rule(one -> isNumber(one, 1), "must be 1: a job has one answer"),
          "logprobs", rule(node -> node.isBoolean() && !node.booleanValue(), NOT_HERE),
          "top_logprobs", rule(none -> isNumber(none, 0), NOT_HERE),
          "modalities", rule(ChatOptions::isTextOnly, "must be [\"text\"]"),
          "audio", rule(node -> false, NOT_HERE),
          "web_search_options", rule(node -> false, NOT_HERE),
          "functions", rule(node -> false, "is not supported here; use tools"),
          "function_call", rule(node -> false, "is not supported here; use tool_choice"));

  private static final Set<String> PASSED_OVER =
      Set.of(
          "user",
          "store",
          "service_tier",
          "prediction",
          "prompt_cache_key",
          "prompt_cache_options",
          "prompt_cache_retention",
          "safety_identifier");

  private ChatOptions() {}

  private record Rule(Predicate<JsonNode> shape, String form) {}

  private static Rule rule(Predicate<JsonNode> shape, String form) {
    return new Rule(shape, form);
  }

  private static Map<String, Rule> passedOn() {
    var rules = new LinkedHashMap<String, Rule>();
    rules.put("top_p", rule(node -> isWithin(node, 0, 1), "must be a number from 0 to 1"));
    rules.put("stop", rule(ChatOptions::isStop, "must be a string or an array of up to 4"));
    rules.put("seed", rule(JsonNode::isIntegralNumber, "must be a whole number"));
    rules.put("presence_penalty", rule(ChatOptions::isPenalty, NUMBER + " from -2 to 2"));
    rules.put("frequency_penalty", rule(ChatOptions::isPenalty, NUMBER + " from -2 to 2"));
    rules.put("logit_bias", rule(JsonNode::isObject, OBJECT));
    rules.put("response_format", rule(JsonNode::isObject, OBJECT));
    rules.put("tools", rule(ChatOptions::areObjects, "must be an array of objects"));
    rules.put("tool_choice", rule(n -> n.isString() || n.isObject(), TEXT + " or an object"));
    rules.put("parallel_tool_calls", rule(JsonNode::isBoolean, "must be true or false"));
    rules.put("reasoning_effort", rule(JsonNode::isString, TEXT));
    rules.put("verbosity", rule(JsonNode::isString, TEXT));
    return rules;
  }

  static Set<String> names() {
    return Stream.of(PASSED_ON.keySet(), HARMLESS_ONLY.keySet(), PASSED_OVER)
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Adds to the input what the model is to be told. */
  static void read(Fields fields, ObjectNode input) {
    PASSED_ON.forEach((name, rule) -> set(input, name, shaped(fields, name, rule)));
    HARMLESS_ONLY.forEach((name, rule) -> shaped(fields, name, rule));
  }

  private static @Nullable JsonNode shaped(Fields fields, String name, Rule rule) {
    return fields.shaped(name, rule.shape(), rule.form());
  }

  private static void set(ObjectNode input, String name, @Nullable JsonNode value) {
    if (value != null) {
      input.set(name, value);
    }
  }

  private static boolean isNumber(JsonNode node, int number) {
    return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() == number;
  }

  private static boolean isWithin(JsonNode node, int least, int most) {
    return node.isNumber() && node.asDouble() >= least && node.asDouble() <= most;
  }

  private static boolean isPenalty(JsonNode node) {
    return isWithin(node, -Limits.PENALTY, Limits.PENALTY);
  }

  private static boolean isStop(JsonNode node) {
    var isList = node.isArray() && node.size() <= 4;
    return node.isString() || (isList && node.valueStream().allMatch(JsonNode::isString));
  }

  private static boolean areObjects(JsonNode node) {
    return node.isArray() && node.valueStream().allMatch(JsonNode::isObject);
  }

  private static boolean isTextOnly(JsonNode node) {
    return node.isArray()
        && node.valueStream().allMatch(one -> one.isString() && one.stringValue().equals("text"));
  }
}
