package dev.recado.web.input;

import dev.recado.web.problem.FieldError.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The fields of one JSON object, read one by one. What is wrong is collected and reads as absent; a
 * {@code null} in the JSON is absent too.
 */
final class Fields {
  private final ObjectNode object;
  private final FieldErrors errors;

  Fields(ObjectNode object, FieldErrors errors) {
    this.object = object;
    this.errors = errors;
  }

  void allow(Set<String> known) {
    for (var name : object.propertyNames()) {
      if (!known.contains(name)) {
        errors.unknown(name, known);
      }
    }
  }

  @Nullable String text(String name, int longest) {
    var node = present(name);
    if (node == null) {
      return null;
    }
    if (!node.isString()) {
      errors.add(name, Fault.WRONG_TYPE, "must be a string");
      return null;
    }
    return checked(name, node.stringValue(), longest);
  }

  @Nullable String text(String name, int longest, Pattern pattern, String form) {
    var text = text(name, longest);
    if (text != null && !pattern.matcher(text).matches()) {
      errors.add(name, Fault.MALFORMED, form);
      return null;
    }
    return text;
  }

  <T> @Nullable T oneOf(String name, Function<String, Optional<T>> reader, String form) {
    var text = text(name, Limits.WORD);
    if (text == null) {
      return null;
    }
    var value = reader.apply(text);
    if (value.isEmpty()) {
      errors.add(name, Fault.MALFORMED, form);
    }
    return value.orElse(null);
  }

  /** A time, not too far ahead. */
  @Nullable Instant time(String name, Instant now, Duration atMost) {
    var time = oneOf(name, Times::read, "must be an RFC 3339 time such as 2026-11-21T12:00:00Z");
    if (time != null && time.isAfter(now.plus(atMost))) {
      errors.add(name, Fault.OUT_OF_RANGE, "must be at most " + atMost.toDays() + " days from now");
      return null;
    }
    return time;
  }

  private @Nullable String checked(String name, String text, int longest) {
    if (text.length() > longest) {
      errors.add(name, Fault.OUT_OF_RANGE, "must have at most " + longest + " characters");
      return null;
    }
    var fault = Texts.fault(text);
    fault.ifPresent(words -> errors.add(name, Fault.MALFORMED, words));
    return fault.isEmpty() ? text : null;
  }

  @Nullable Integer wholeNumber(String name, int least, int most) {
    var node = present(name);
    if (node == null) {
      return null;
    }
    if (!node.isIntegralNumber()) {
      errors.add(name, Fault.WRONG_TYPE, "must be a whole number");
      return null;
    }
    if (!node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
      errors.add(name, Fault.OUT_OF_RANGE, range(least, most));
      return null;
    }
    return node.intValue();
  }

  @Nullable Double number(String name, int least, int most) {
    var node = present(name);
    if (node == null) {
      return null;
    }
    if (!node.isNumber()) {
      errors.add(name, Fault.WRONG_TYPE, "must be a number");
      return null;
    }
    var value = node.asDouble();
    if (!(value >= least && value <= most)) {
      errors.add(name, Fault.OUT_OF_RANGE, range(least, most));
      return null;
    }
    return value;
  }

  /** An object of a few short strings. */
  @Nullable ObjectNode labels(String name) {
    var node = present(name);
    if (node == null) {
      return null;
    }
    if (!(node instanceof ObjectNode labels)) {
      errors.add(name, Fault.WRONG_TYPE, "must be an object of strings");
      return null;
    }
    if (labels.size() > Limits.LABELS) {
      errors.add(name, Fault.OUT_OF_RANGE, "must have at most " + Limits.LABELS + " members");
      return null;
    }
    labels.properties().forEach(label -> checkLabel(name, label.getKey(), label.getValue()));
    return labels;
  }

  private void checkLabel(String name, String label, JsonNode value) {
    var path = name + "." + label;
    if (label.isEmpty() || label.length() > Limits.LABEL_NAME) {
      errors.add(
          path,
          Fault.OUT_OF_RANGE,
          "must have a name of 1 to " + Limits.LABEL_NAME + " characters");
    }
    Texts.fault(label).ifPresent(fault -> errors.add(name, Fault.MALFORMED, "names " + fault));
    if (value.isString()) {
      checked(path, value.stringValue(), Limits.LABEL_VALUE);
    } else {
      errors.add(path, Fault.WRONG_TYPE, "must be a string");
    }
  }

  /** The URL of a webhook, in the form in which it is kept. */
  @Nullable String webhook(String name, WebhookRules rules) {
    var text = text(name, Limits.WEBHOOK);
    if (text == null) {
      return null;
    }
    return switch (rules.read(text)) {
      case WebhookRules.Verdict.Good(var url) -> url;
      case WebhookRules.Verdict.Bad(var words) -> {
        errors.add(name, Fault.MALFORMED, words);
        yield null;
      }
    };
  }

  /** Whatever has this shape; its texts are checked, and else it is as it was sent. */
  @Nullable JsonNode shaped(String name, Predicate<JsonNode> shape, String form) {
    var node = present(name);
    if (node == null) {
      return null;
    }
    if (!shape.test(node)) {
      errors.add(name, Fault.WRONG_TYPE, form);
      return null;
    }
    var fault = Texts.faultWithin(node);
    fault.ifPresent(words -> errors.add(name, Fault.MALFORMED, words));
    return fault.isEmpty() ? node : null;
  }

  /** False where it is absent. */
  boolean flag(String name) {
    var node = shaped(name, JsonNode::isBoolean, "must be true or false");
    return node != null && node.booleanValue();
  }

  boolean isPresent(String name) {
    return present(name) != null;
  }

  private @Nullable JsonNode present(String name) {
    var node = object.get(name);
    return node == null || node.isNull() ? null : node;
  }

  private static String range(int least, int most) {
    return "must be from " + least + " to " + most;
  }
}
