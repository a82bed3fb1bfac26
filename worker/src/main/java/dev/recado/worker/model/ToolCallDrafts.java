package dev.recado.worker.model;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tool calls as they come in: whole, or in pieces that carry an index. */
final class ToolCallDrafts {
  /** Nobody makes as many, and each is looked for among all the others. */
  private static final int MOST = 1_000;

  private final TreeMap<Integer, Draft> drafts = new TreeMap<>();
  private final Map<Integer, Integer> places = new HashMap<>();

  /** Takes a {@code tool_calls} array, or a piece of one; says how many characters it held. */
  int add(JsonNode toolCalls) throws AnswerTooLargeException {
    var length = 0;
    for (var call : toolCalls) {
      length += drafts.computeIfAbsent(place(call), i -> new Draft()).add(call);
      if (drafts.size() > MOST) {
        throw new AnswerTooLargeException("more than " + MOST + " tool calls");
      }
    }
    return length;
  }

  boolean isEmpty() {
    return named().findAny().isEmpty();
  }

  /** The calls as a JSON array, or null if there are none. */
  @Nullable String toJson() {
    var array = JsonNodeFactory.instance.arrayNode();
    named().forEach(draft -> array.add(draft.toJson()));
    return array.isEmpty() ? null : array.toString();
  }

  /** A call of nothing is none: some pad the array with null or {@code {}}. */
  private Stream<Draft> named() {
    return drafts.values().stream().filter(draft -> !draft.name.isEmpty());
  }

  private int place(JsonNode call) {
    var index = call.path("index");
    return index.isInt() ? placeOf(index.intValue(), call) : placeOfUnnumbered(call);
  }

  /** Google's numbers each of several calls 0: a name with a new id is a new call. */
  private int placeOf(int index, JsonNode call) {
    var place = places.getOrDefault(index, index);
    var there = drafts.get(place);
    var own = there != null && there.isOther(call) ? drafts.lastKey() + 1 : place;
    places.put(index, own);
    return own;
  }

  /** Servers that send a call whole may leave its index out; a new id is then a new call. */
  private int placeOfUnnumbered(JsonNode call) {
    var id = call.path("id").asString("");
    for (var entry : drafts.entrySet()) {
      if (!id.isEmpty() && id.equals(entry.getValue().id)) {
        return entry.getKey();
      }
    }
    return id.isEmpty() && !call.path("function").has("name") ? drafts.size() - 1 : drafts.size();
  }

  private static final class Draft {
    private static final int OVERHEAD = 64;

    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();
    private final OtherMembers others = new OtherMembers("index", "id", "type", "function");
    private final OtherMembers othersOfFunction = new OtherMembers("name", "arguments");

    int add(JsonNode call) {
      var function = call.path("function");
      var given = function.path("arguments");
      var piece = given.isContainer() ? given.toString() : given.asString("");
      // Some send it empty with each later piece.
      id = id.isEmpty() ? call.path("id").asString("") : id;
      name = function.path("name").asString("").isEmpty() ? name : function.path("name").asString();
      arguments.append(piece);
      return piece.length() + others.keep(call) + othersOfFunction.keep(function) + OVERHEAD;
    }

    boolean isOther(JsonNode call) {
      var otherId = call.path("id").asString("");
      return !id.isEmpty()
          && !otherId.isEmpty()
          && !id.equals(otherId)
          && !call.path("function").path("name").asString("").isEmpty();
    }

    JsonNode toJson() {
      var call = JsonNodeFactory.instance.objectNode();
      call.put("id", CleanText.of(id));
      call.put("type", "function");
      var function = call.putObject("function");
      function.put("name", CleanText.of(name)).put("arguments", CleanText.of(arguments));
      othersOfFunction.addTo(function);
      others.addTo(call);
      return call;
    }
  }
}
