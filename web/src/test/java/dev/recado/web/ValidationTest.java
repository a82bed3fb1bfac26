package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code POST /api/predict} does not accept, and how it says so. */
class ValidationTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  private Answer submit(String body) {
    return web.postJson("/api/predict", body);
  }

  private void refused(String body, String field, String type, String words) {
    var answer = submit(body).expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo(field);
    assertThat(answer.member("invalid_fields/0/type")).isEqualTo(type);
    assertThat(answer.member("invalid_fields/0/description")).contains(words);
    assertThat(answer.member("error")).startsWith(field + " ").contains(words);
    assertThat(answer.json().get("invalid_fields").size()).isEqualTo(1);
  }

  // ---- no text ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"text\":null}",
        "{\"text\":\"\"}",
        "{\"text\":\" \\n\\t \\u3000\"}",
        "{\"text\":\"\\u00A0\\u2007\\u202F\"}",
        "{\"model\":\"m\"}"
      })
  void a_missing_or_blank_text_is_no_text(String body) {
    var answer = submit(body).expectProblem(400, "no_text");
    assertThat(answer.member("error")).isEqualTo("no text provided");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo("text");
    assertThat(answer.member("invalid_fields/0/type")).isEqualTo("required");
  }

  // ---- fields ----

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "[]", "{}", "[\"Hi\"]"})
  void a_text_of_another_type_is_named(String text) {
    refused("{\"text\":" + text + "}", "text", "wrong_type", "must be a string");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "model":1                    | model             | wrong_type   | string
          "model":""                   | model             | malformed    | visible ASCII
          "model":"modèle"             | model             | malformed    | visible ASCII
          "model":"a\\nb"             | model             | malformed    | visible ASCII
          "model":"a b"                | model             | malformed    | visible ASCII
          "system":[]                  | system            | wrong_type   | string
          "max_tokens":0               | max_tokens        | out_of_range | from 1
          "max_tokens":-1              | max_tokens        | out_of_range | from 1
          "max_tokens":1000001         | max_tokens        | out_of_range | 1000000
          "max_tokens":99999999999999  | max_tokens        | out_of_range | from 1
          "max_tokens":1.5             | max_tokens        | wrong_type   | whole number
          "max_tokens":"256"           | max_tokens        | wrong_type   | whole number
          "max_tokens":true            | max_tokens        | wrong_type   | whole number
          "temperature":-0.1           | temperature       | out_of_range | from 0 to 2
          "temperature":2.1            | temperature       | out_of_range | from 0 to 2
          "temperature":1e999          | temperature       | out_of_range | from 0 to 2
          "temperature":"warm"         | temperature       | wrong_type   | number
          "deadline_seconds":0         | deadline_seconds  | out_of_range | from 1 to 604800
          "deadline_seconds":604801    | deadline_seconds  | out_of_range | from 1 to 604800
          "deadline_seconds":0.5       | deadline_seconds  | wrong_type   | whole number
          "metadata":[]                | metadata          | wrong_type   | object of strings
          "metadata":"a"               | metadata          | wrong_type   | object of strings
          "metadata":{"a":1}           | metadata.a        | wrong_type   | string
          "metadata":{"a":null}        | metadata.a        | wrong_type   | string
          "metadata":{"a":{"b":"c"}}   | metadata.a        | wrong_type   | string
          "metadata":{"":"a"}          | metadata.         | out_of_range | 1 to 64
          "priority":"urgent"          | priority          | malformed    | one of high, normal, low
          "priority":"High"            | priority          | malformed    | one of high, normal, low
          "priority":1                 | priority          | wrong_type   | must be a string
          "run_at":"now"               | run_at            | malformed    | must be an RFC 3339 time
          "run_at":"2026-11-21"        | run_at            | malformed    | must be an RFC 3339 time
          "run_at":1700000000          | run_at            | wrong_type   | must be a string
          "run_at":"9999-01-01T00:00:00Z" | run_at         | out_of_range | at most 30 days from now
          "webhook":"https://a"        | webhook           | malformed    | no RECADO_WEBHOOK_SECRET
          "constructor":1              | constructor       | unknown      | not a known field
          "maxTokens":9                | maxTokens         | unknown      | did you mean max_tokens?
          "max_token":9                | max_token         | unknown      | did you mean max_tokens?
          "temprature":1               | temprature        | unknown      | did you mean temperature?
          "prompt":"Hi"                | prompt            | unknown      | did you mean text?
          """)
  void a_bad_field_is_named(String member, String field, String type, String words) {
    refused("{\"text\":\"Hi\"," + member + "}", field, type, words);
  }

  @Test
  void all_problems_are_told_at_once() {
    var answer =
        submit("{\"text\":3,\"max_tokens\":0,\"temperature\":9,\"colour\":\"red\"}")
            .expectProblem(400, "invalid_field");
    assertThat(answer.json().get("invalid_fields").valueStream())
        .extracting(error -> error.get("field").stringValue())
        .containsExactlyInAnyOrder("text", "max_tokens", "temperature", "colour");
    assertThat(answer.member("error")).endsWith("(and 3 more)");
  }

  @Test
  void only_so_many_problems_are_told() {
    var members =
        IntStream.range(0, 200).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));
    var answer = submit("{\"text\":\"Hi\"," + members + "}").expectProblem(400, "invalid_field");
    assertThat(answer.json().get("invalid_fields").size()).isEqualTo(20);
  }

  @Test
  void a_long_name_is_not_sent_back_whole() {
    var name = "n".repeat(10_000);
    var answer = submit("{\"text\":\"Hi\",\"" + name + "\":1}").expectProblem(400, "invalid_field");
    assertThat(answer.text().length()).isLessThan(1_000);
  }

  @Test
  void a_long_name_is_not_cut_within_a_pair() {
    var name = "n" + "\uD83D\uDE00".repeat(100);
    var answer = submit("{\"text\":\"Hi\",\"" + name + "\":1}").expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).startsWith("n\uD83D\uDE00").endsWith("?…");
  }

  @Test
  void metadata_is_bounded() {
    var most = labels(16, "v".repeat(512));
    submit("{\"text\":\"Hi\",\"metadata\":" + most + "}").expect(202);
    refused(
        "{\"text\":\"Hi\",\"metadata\":" + labels(17, "v") + "}",
        "metadata",
        "out_of_range",
        "at most 16");
    refused(
        "{\"text\":\"Hi\",\"metadata\":" + labels(1, "v".repeat(513)) + "}",
        "metadata.k0",
        "out_of_range",
        "at most 512");
  }

  private static String labels(int count, String value) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"k" + i + "\":\"" + value + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Test
  void texts_are_bounded() {
    submit("{\"text\":\"" + "t".repeat(400_000) + "\"}").expect(202);
    refused("{\"text\":\"" + "t".repeat(400_001) + "\"}", "text", "out_of_range", "at most 400000");
    refused(
        "{\"text\":\"Hi\",\"system\":\"" + "s".repeat(100_001) + "\"}",
        "system",
        "out_of_range",
        "at most 100000");
    refused(
        "{\"text\":\"Hi\",\"model\":\"" + "m".repeat(201) + "\"}",
        "model",
        "out_of_range",
        "at most 200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "text":"a\\u0000b"                        | text       | U+0000
          "text":"a\\uD83D"                         | text       | surrogate
          "text":"\\uDE00\\uD83D"                   | text       | surrogate
          "text":"a","system":"\\u0000"             | system     | U+0000
          "text":"a","metadata":{"k":"\\uD83D"}     | metadata.k | surrogate
          "text":"a","metadata":{"a\\u0000":"v"}    | metadata   | U+0000
          """)
  void characters_that_cannot_be_stored_are_refused(String member, String field, String words) {
    refused("{" + member + "}", field, "malformed", words);
  }

  // ---- JSON ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "true",
        "1",
        "\"text\"",
        "[]",
        "[{\"text\":\"Hi\"}]",
        "{",
        "{\"text\":\"Hi\"",
        "{\"text\":\"Hi\"}}",
        "{\"text\":\"Hi\"}{}",
        "{\"text\":\"Hi\"} x",
        "{\"text\":\"Hi\",}",
        "{\"text\":\"Hi\",\"text\":\"Ho\"}",
        "{\"text\":\"Hi\",\"metadata\":{\"a\":\"1\",\"a\":\"2\"}}",
        "{'text':'Hi'}",
        "{text:\"Hi\"}",
        "{\"text\":\"H\ni\"}",
        "{\"text\":\"\\x\"}",
        "{\"text\":\"Hi\",\"temperature\":NaN}",
        "{\"text\":\"Hi\",\"max_tokens\":01}",
        "// {\n{\"text\":\"Hi\"}",
        "\uFEFF{\"text\":\"Hi\"}",
        "text=Hi"
      })
  void what_is_no_json_object_is_invalid_json(String body) {
    submit(body).expectProblem(400, "invalid_json");
  }

  @Test
  void broken_json_is_not_sent_back() {
    var answer = submit("{\"text\":\"Hi\", canary-4711}").expectProblem(400, "invalid_json");
    assertThat(answer.text()).doesNotContain("canary").contains("line 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"C328", "FF", "C080", "EDA080", "F8808080", "E282", "F4908080"})
  void malformed_utf_8_is_invalid_json(String hex) {
    var head = "{\"text\":\"".getBytes(StandardCharsets.UTF_8);
    var bad = java.util.HexFormat.of().parseHex(hex);
    var tail = "\"}".getBytes(StandardCharsets.UTF_8);
    var answer =
        web.send(
            "POST",
            "/api/predict",
            BodyPublishers.ofByteArrays(java.util.List.of(head, bad, tail)),
            "Content-Type",
            "application/json");
    answer.expectProblem(400, "invalid_json");
    assertThat(answer.member("error")).contains("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32"})
  void json_in_another_encoding_is_invalid(String charset) {
    var body = "{\"text\":\"Hi\"}".getBytes(java.nio.charset.Charset.forName(charset));
    web.send(
            "POST",
            "/api/predict",
            BodyPublishers.ofByteArray(body),
            "Content-Type",
            "application/json")
        .expectProblem(400, "invalid_json");
  }

  @Test
  void json_bombs_are_refused_quickly() {
    submit("{}");
    var begin = System.nanoTime();
    submit("[".repeat(100_000)).expectProblem(400, "invalid_json");
    submit("{\"a\":".repeat(100_000)).expectProblem(400, "invalid_json");
    submit("{\"text\":" + "9".repeat(900_000) + "}").expectProblem(400, "invalid_json");
    submit("{\"text\":1e" + "9".repeat(900_000) + "}").expectProblem(400, "invalid_json");
    var keys =
        IntStream.range(0, 70_000)
            .mapToObj(i -> "\"k" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    submit(keys).expectProblem(400, "invalid_json");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  // ---- size ----

  @Test
  void a_body_may_have_a_million_bytes_and_not_one_more() {
    submit(padded(1_000_000)).expect(202);
    submit(padded(1_000_001)).expectProblem(413, "payload_too_large");
  }

  @Test
  void nobody_is_to_send_another_request_after_a_body_that_was_not_read() {
    var answer = submit(padded(1_000_001)).expectProblem(413, "payload_too_large");
    assertThat(answer.header("Connection")).hasValue("close");
  }

  @Test
  void a_body_of_unknown_length_is_bounded_just_the_same() {
    var answer = chunked(padded(1_000_000));
    answer.expect(202);
    chunked(padded(1_000_001)).expectProblem(413, "payload_too_large");
  }

  private Answer chunked(String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    var publisher = BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes));
    return web.send("POST", "/api/predict", publisher, "Content-Type", "application/json");
  }

  private static String padded(int length) {
    var object = "{\"text\":\"Hi\"}";
    return object + " ".repeat(length - object.length());
  }

  // ---- media type ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "Application/JSON; charset=\"utf-8\"",
        "application/json; charset=utf8",
        "application/json;charset=UTF8",
        "application/json; charset=\"Utf8\"",
        "application/json; charset=csUTF8"
      })
  void json_in_utf_8_is_read(String type) {
    var body = BodyPublishers.ofString("{\"text\":\"Hi\"}");
    web.send("POST", "/api/predict", body, "Content-Type", type).expect(202);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded",
        "text/plain",
        "text/plain;a=application/json",
        "multipart/form-data; boundary=a",
        "application/json; charset=utf-16",
        "application/json; charset=utf-80",
        "application/json; charset=\"utf8",
        "application/json; charset=",
        "application/json; charset=iso-8859-1",
        "application/json; profile=x",
        "application/jsonl",
        "application/problem+json",
        "application/json, text/plain",
        "json",
        "*/*"
      })
  void any_other_media_type_is_refused_with_what_to_send(String type) {
    var body = BodyPublishers.ofString("{\"text\":\"Hi\"}");
    var answer = web.send("POST", "/api/predict", body, "Content-Type", type);
    answer.expectProblem(415, "unsupported_media_type");
    assertThat(answer.member("error")).contains("-H 'Content-Type: application/json'");
  }

  @Test
  void so_is_a_body_that_does_not_say_what_it_is() {
    web.send("POST", "/api/predict", BodyPublishers.ofString("{\"text\":\"Hi\"}"))
        .expectProblem(415, "unsupported_media_type");
  }

  @Test
  void a_compressed_body_is_refused() {
    web.postJson("/api/predict", "x", "Content-Encoding", "gzip")
        .expectProblem(415, "unsupported_media_type");
  }
}
