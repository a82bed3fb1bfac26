package dev.recado.web.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The parts of the description that are not in the code: what the members of documents are. */
final class Written {
  private static final JsonMapper MAPPER = new JsonMapper();

  private Written() {}

  static ObjectNode schemas() {
    return read("schemas.json");
  }

  static ObjectNode headers() {
    return read("headers.json");
  }

  static ObjectNode webhooks() {
    return read("webhooks.json");
  }

  private static ObjectNode read(String file) {
    try (var in = Written.class.getResourceAsStream(file)) {
      return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
