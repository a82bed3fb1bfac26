package dev.recado.worker.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Tool calls as they come in: whole, or in pieces that carry an index. */
final class ToolCallDrafts {
  /** Nobody makes as many, and each is looked for among all the others. */
  private static final int MOST = 1_000;

  private final List<Draft> drafts = new ArrayList<>();
  private final Map<Integer, Draft> numbered = new HashMap<>();
  private boolean miscounted;

  /** Takes a {@code tool_calls} array, or a piece of one; says how many characters it held. */
  int add(JsonNode toolCalls) throws AnswerTooLargeException {
    var length = 0;
    for (var call : toolCalls) {
      length += draftOf(call).add(call);
      if (drafts.size() > MOST) {
        throw new AnswerTooLargeException("more than " + MOST + " tool calls");
      }
    }
    return length;
  }

  boolean isEmpty() {
    return named().findAny().isEmpty();
  }

  /** Whether there are arguments, and nobody knows of which tool. */
  boolean hasNameless() {
    return drafts.stream().anyMatch(Draft::isNameless);
  }

  /** The calls as a JSON array, or null if there are none. */
  @Nullable String toJson() {
    var array = JsonNodeFactory.instance.arrayNode();
    named().forEach(draft -> array.add(draft.toJson()));
    return array.isEmpty() ? null : array.toString();
  }

  /** A call of nothing is none: some pad the array with null or {@code {}}. */
  private Stream<Draft> named() {
    return drafts.stream().filter(draft -> !draft.name.isEmpty());
  }

  private Draft draftOf(JsonNode call) {
    var index = call.path("index");
    return index.isInt() ? draftOfNumber(index.intValue(), call) : draftOfUnnumbered(call);
  }

  /** Google's numbers each of several calls 0: a name with a new id is a new call. */
  private Draft draftOfNumber(int index, JsonNode call) {
    if (isStray(index, call)) {
      return drafts.getLast();
    }
    var there = numbered.get(index);
    return there == null || there.isOther(call) ? begin(index) : there;
  }

  /**
   * Some number the arguments of a call otherwise than its name (sglang#6310). Once that shows, no
   * number says whose arguments these are, but they still come after their name.
   */
  private boolean isStray(int index, JsonNode call) {
    var isBare = isBare(call);
    miscounted |= isBare && !drafts.isEmpty() && !numbered.containsKey(index);
    return isBare && miscounted;
  }

  /** Arguments, and nothing that says whose. */
  private static boolean isBare(JsonNode call) {
    return id(call).isEmpty() && name(call).isEmpty() && !arguments(call).isEmpty();
  }

  /** Servers that send a call whole may leave its index out; a new id is then a new call. */
  private Draft draftOfUnnumbered(JsonNode call) {
    var id = id(call);
    for (var draft : drafts) {
      if (!id.isEmpty() && id.equals(draft.id)) {
        return draft;
      }
    }
    var goesOn = id.isEmpty() && !call.path("function").has("name") && !drafts.isEmpty();
    return goesOn ? drafts.getLast() : begin(drafts.size());
  }

  private Draft begin(int number) {
    var draft = new Draft();
    drafts.add(draft);
    numbered.put(number, draft);
    return draft;
  }

  private static String id(JsonNode call) {
    return call.path("id").asString("");
  }

  private static String name(JsonNode call) {
    return call.path("function").path("name").asString("");
  }

  private static String arguments(JsonNode call) {
    var given = call.path("function").path("arguments");
    return given.isContainer() ? given.toString() : given.asString("");
  }

  private static final class Draft {
    private static final int OVERHEAD = 64;

    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();
    private final OtherMembers others = new OtherMembers("index", "id", "type", "function");
    private final OtherMembers othersOfFunction = new OtherMembers("name", "arguments");

    int add(JsonNode call) {
      var piece = arguments(call);
      // Some send it empty with each later piece.
      id = id.isEmpty() ? id(call) : id;
      name = name(call).isEmpty() ? name : name(call);
      arguments.append(piece);
      var added = others.keep(call) + othersOfFunction.keep(call.path("function"));
      return piece.length() + added + OVERHEAD;
    }

    boolean isOther(JsonNode call) {
      var otherId = id(call);
      return !id.isEmpty() && !otherId.isEmpty() && !id.equals(otherId) && !name(call).isEmpty();
    }

    boolean isNameless() {
      return name.isEmpty() && !arguments.isEmpty();
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
