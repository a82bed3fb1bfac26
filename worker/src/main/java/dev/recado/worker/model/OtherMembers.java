package dev.recado.worker.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/**
 * Members that mean nothing here, kept as they came: their server may want them back. Gemini 3
 * refuses the next turn without the signature that it put beside a call of a tool.
 */
final class OtherMembers {
  private final Set<String> known;
  private final Map<String, String> texts = new LinkedHashMap<>();

  /** None yet. Those with these names are taken care of elsewhere. */
  OtherMembers(String... known) {
    this.known = Set.of(known);
  }

  /** Keeps those that were not seen before; says how many characters they hold. */
  int keep(JsonNode object) {
    var length = 0;
    for (var member : object.properties()) {
      if (isNew(member.getKey(), member.getValue())) {
        var text = member.getValue().toString();
        texts.put(member.getKey(), text);
        length += member.getKey().length() + text.length();
      }
    }
    return length;
  }

  private boolean isNew(String name, JsonNode value) {
    return !value.isNull() && !known.contains(name) && !texts.containsKey(name);
  }

  void addTo(ObjectNode object) {
    texts.forEach(
        (name, text) -> object.putRawValue(CleanText.of(name), new RawValue(CleanText.of(text))));
  }
}
