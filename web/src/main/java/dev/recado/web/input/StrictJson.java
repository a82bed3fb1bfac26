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
  private static final String CHAT_EXAMPLE =
      "send a JSON object such as {\"messages\": [{\"role\": \"user\", \"content\": \"…\"}]}";

  private static final JsonMapper MAPPER = mapper(Limits.JSON_TOKENS);
  private static final JsonMapper CHAT_MAPPER = mapper(Limits.CHAT_JSON_TOKENS);

  private StrictJson() {}

  private static JsonMapper mapper(int tokens) {
    var constraints =
        StreamReadConstraints.builder()
            .maxDocumentLength(Limits.BODY_BYTES)
            .maxStringLength(Limits.BODY_BYTES)
            .maxNestingDepth(Limits.JSON_DEPTH)
            .maxTokenCount(tokens)
            .maxNumberLength(Limits.JSON_NUMBER_LENGTH)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .build();
  }

  /** One whose members are named elsewhere. */
  static ObjectNode plain(byte[] body) {
    return object(body, MAPPER, "send a JSON object");
  }

  static ObjectNode object(byte[] body) {
    return object(body, MAPPER, EXAMPLE);
  }

  /** An object that may have many more parts. */
  static ObjectNode conversation(byte[] body) {
    return object(body, CHAT_MAPPER, CHAT_EXAMPLE);
  }

  private static ObjectNode object(byte[] body, JsonMapper mapper, String example) {
    if (body.length == 0) {
      throw Problems.invalidJson("the body is empty; " + example).asException();
    }
    if (tree(utf8(body), mapper) instanceof ObjectNode object) {
      return object;
    }
    throw Problems.invalidJson("the body is not a JSON object; " + example).asException();
  }

  private static JsonNode tree(String text, JsonMapper mapper) {
    try {
      return mapper.readTree(text);
    } catch (StreamConstraintsException e) {
      throw Problems.invalidJson("the body is too deep, or has too many or too long parts")
          .asException();
    } catch (JacksonException e) {
      throw Problems.invalidJson("the body is not valid JSON" + place(e)).asException();
    }
  }

  // Not Jackson's own words: they repeat pieces of the body.
  static String place(JacksonException e) {
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
