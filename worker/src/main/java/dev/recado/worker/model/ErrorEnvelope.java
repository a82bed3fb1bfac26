package dev.recado.worker.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Opens every envelope that servers put their errors in. */
final class ErrorEnvelope {
  private static final List<String> WORDS =
      List.of(
          "message",
          "error",
          "detail",
          "errors",
          "msg",
          "description",
          "title",
          "Message",
          "error_msg");
  private static final Pattern TITLE =
      Pattern.compile("<title[^>]{0,100}>\\s*([^<]{1,200})", Pattern.CASE_INSENSITIVE);
  private static final Pattern FRAME = Pattern.compile("(?m)^data:\\s*(\\{.*\\})\\s*$");
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9}(\\.\\d{1,9})?)s");
  private static final int MANY = 3;
  private static final int DEEP = 4;

  private ErrorEnvelope() {}

  /** The error in a body of any kind: JSON, text, HTML or nothing. */
  static ProviderError inBody(String body) {
    var text = body.replace("\uFEFF", "").strip();
    if (text.isEmpty()) {
      return ProviderError.saying(null);
    }
    if (text.startsWith("<")) {
      return ProviderError.saying(htmlPage(text));
    }
    var json = Json.parse(document(text));
    return json == null || !json.isContainer() ? ProviderError.saying(text) : in(json);
  }

  /** Asked for a stream, some send even an error as a frame of one. */
  private static String document(String text) {
    var frame = FRAME.matcher(text);
    return !text.startsWith("{") && frame.find() ? frame.group(1) : text;
  }

  private static String htmlPage(String html) {
    var title = TITLE.matcher(html);
    return title.find() ? "an HTML page, \"" + title.group(1).strip() + "\"" : "an HTML page";
  }

  /** Whether a frame or a document without choices is an error. */
  static boolean isError(JsonNode json) {
    return says(json.path("error"))
        || json.path("object").asString("").equals("error")
        || json.path("type").asString("").equals("error")
        || (!json.has("choices") && (says(json.path("detail")) || json.path("message").isString()));
  }

  /**
   * Whether an {@code error} member holds anything: null, false, 0 and "" do not, nor does what has
   * nothing else in it. Some gateways send an empty error with each answer.
   */
  static boolean says(JsonNode error) {
    if (error.isContainer()) {
      return error.valueStream().anyMatch(ErrorEnvelope::says);
    }
    return error.isString()
        ? !error.stringValue().isBlank()
        : error.asBoolean(false) || error.asInt(0) != 0;
  }

  /** The error in a JSON document. */
  static ProviderError in(JsonNode document) {
    // Google wraps the whole answer into an array.
    var root = document.isArray() ? document.path(0) : document;
    var inner = root.path("error").isObject() ? root.path("error") : root;
    var error = envelope(inner, root);
    var cause = cause(inner);
    return cause == null ? error : error.behind(cause);
  }

  private static ProviderError envelope(JsonNode inner, JsonNode root) {
    return new ProviderError(
        words(inner.isEmpty() ? root : inner, DEEP),
        first(inner, root, "type", "error_type", "status"),
        first(inner, root, "code"),
        first(inner, root, "param"),
        status(inner, root),
        seconds(inner.path("estimated_time"), root.path("estimated_time"), retryDelay(inner)),
        first(root, inner, "request_id", "requestId"));
  }

  /** OpenRouter keeps what the provider behind it has said in here, as it came. */
  private static @Nullable ProviderError cause(JsonNode error) {
    var raw = error.path("metadata").path("raw");
    if (raw.isString()) {
      return inBody(raw.stringValue());
    }
    return raw.isObject() ? in(raw) : null;
  }

  /** Google's wait stands among the details, as "34.07s". */
  private static JsonNode retryDelay(JsonNode error) {
    for (var detail : error.path("details")) {
      if (detail.path("retryDelay").isString()) {
        return detail.path("retryDelay");
      }
    }
    return error.path("retryDelay");
  }

  private static @Nullable String words(JsonNode node, int depth) {
    if (node.isString()) {
      return node.stringValue().isBlank() ? null : node.stringValue();
    }
    if (depth == 0) {
      return null;
    }
    return node.isArray() ? wordsOfAll(node, depth) : wordsOfMembers(node, depth);
  }

  private static @Nullable String wordsOfMembers(JsonNode node, int depth) {
    for (var name : WORDS) {
      var words = words(node.path(name), depth - 1);
      if (words != null) {
        return place(node.path("loc")) + words;
      }
    }
    return null;
  }

  private static @Nullable String wordsOfAll(JsonNode array, int depth) {
    var all = new ArrayList<String>();
    for (var element : array) {
      var words = all.size() < MANY ? words(element, depth - 1) : null;
      if (words != null) {
        all.add(words);
      }
    }
    return all.isEmpty() ? null : String.join("; ", all);
  }

  /** FastAPI names the field in {@code loc}. Its {@code input} is our own prompt: never read it. */
  private static String place(JsonNode loc) {
    var path = new ArrayList<String>();
    loc.forEach(step -> path.add(step.asString("")));
    return path.isEmpty() ? "" : String.join(".", path) + ": ";
  }

  private static @Nullable String first(JsonNode one, JsonNode other, String... names) {
    for (var name : names) {
      for (var value : List.of(one.path(name), other.path(name))) {
        if (value.isString() && !value.stringValue().isBlank()) {
          return value.stringValue();
        }
      }
    }
    return null;
  }

  private static @Nullable Integer status(JsonNode inner, JsonNode root) {
    for (var name : List.of("http_status_code", "status_code", "code", "status")) {
      for (var value : List.of(inner.path(name), root.path(name))) {
        var status = value.asInt(0);
        if (status >= 400 && status < 600) {
          return status;
        }
      }
    }
    return null;
  }

  private static @Nullable Double seconds(JsonNode... times) {
    for (var time : times) {
      if (time.isNumber() && time.doubleValue() >= 0) {
        return time.doubleValue();
      }
      var written = SECONDS.matcher(time.asString(""));
      if (written.matches()) {
        return Double.valueOf(written.group(1));
      }
    }
    return null;
  }
}
