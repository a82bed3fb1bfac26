package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads one JSON object and nothing else: valid UTF-8, bounded, no name twice, nothing after. */
final class StrictJson {
  private static final char REPLACEMENT = '\uFFFD';
  private static final String EXAMPLE = "send a JSON object such as {\"text\": \"…\"}";

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(Limits.BODY_BYTES)
                          .maxStringLength(Limits.BODY_BYTES)
                          .maxNestingDepth(Limits.JSON_DEPTH)
                          .maxTokenCount(Limits.JSON_TOKENS)
                          .maxNumberLength(Limits.JSON_NUMBER_LENGTH)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private StrictJson() {}

  static ObjectNode object(byte[] body) {
    if (body.length == 0) {
      throw Problems.invalidJson("the body is empty; " + EXAMPLE).asException();
    }
    if (tree(utf8(body)) instanceof ObjectNode object) {
      return object;
    }
    throw Problems.invalidJson("the body is not a JSON object; " + EXAMPLE).asException();
  }

  private static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (StreamConstraintsException e) {
      throw Problems.invalidJson("the body is too deep, or has too many or too long parts")
          .asException();
    } catch (JacksonException e) {
      throw Problems.invalidJson("the body is not valid JSON" + place(e)).asException();
    }
  }

  // Not Jackson's own words: they repeat pieces of the body.
  private static String place(JacksonException e) {
    var location = e.getLocation();
    return location == null || location.getLineNr() < 1
        ? ""
        : ", near line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /**
   * Decodes by way of String, whose decoder is the fastest there is but puts replacement characters
   * where it cannot read; only a text that has one is worth a second, strict look.
   */
  private static String utf8(byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(body);
    }
    return text;
  }

  private static void requireUtf8(byte[] body) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException e) {
      throw Problems.invalidJson("the body is not valid UTF-8").asException();
    }
  }
}
