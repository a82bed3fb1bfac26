package dev.recado.web.input;

import dev.recado.web.problem.FieldError.Fault;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters after the question mark: each known, each once, each readable. */
final class QueryString {
  private static final char REPLACEMENT = '\uFFFD';

  private final Map<String, String> values = new HashMap<>();
  private final FieldErrors errors;

  QueryString(@Nullable String raw, Set<String> known, FieldErrors errors) {
    this.errors = errors;
    if (raw != null) {
      for (var pair : raw.split("&", -1)) {
        if (!pair.isEmpty()) {
          add(pair.split("=", 2), known);
        }
      }
    }
  }

  @Nullable String get(String name) {
    return values.get(name);
  }

  private void add(String[] pair, Set<String> known) {
    var name = decode(pair[0]);
    var value = pair.length == 1 ? "" : decode(pair[1]);
    if (name == null) {
      errors.add("(a parameter's name)", Fault.MALFORMED, "is not readable");
    } else if (!known.contains(name)) {
      errors.unknown(name, known);
    } else if (value == null) {
      errors.add(name, Fault.MALFORMED, "is not readable");
    } else if (values.put(name, value) != null) {
      errors.add(name, Fault.MALFORMED, "must be there only once");
    }
  }

  private static @Nullable String decode(String text) {
    try {
      var decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
      return decoded.indexOf(REPLACEMENT) < 0 ? decoded : null;
    } catch (IllegalArgumentException malformedEscape) {
      return null;
    }
  }
}
