package dev.recado.e2e.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a chat completion request that matter here. */
record ChatRequest(String model, String prompt, boolean stream, String everything) {
  static ChatRequest of(HttpWire.Request request) {
    var json = JsonMapper.shared().readTree(request.body());
    var messages = json.path("messages");
    return new ChatRequest(
        json.path("model").asString(""),
        messages.path(messages.size() - 1).path("content").asString(""),
        json.path("stream").asBoolean(false),
        request.authorization() + " " + request.body());
  }

  Map<String, Object> head(String object) {
    var head = new LinkedHashMap<String, Object>();
    head.put("id", "chatcmpl-" + UUID.randomUUID());
    head.put("object", object);
    head.put("created", Instant.now().getEpochSecond());
    head.put("model", model);
    return head;
  }

  /** Four characters to a token, as people count them. */
  Map<String, Integer> usage(int completion) {
    var asked = Math.ceilDiv(prompt.length(), 4);
    return Map.of(
        "prompt_tokens", asked,
        "completion_tokens", completion,
        "total_tokens", asked + completion);
  }
}
