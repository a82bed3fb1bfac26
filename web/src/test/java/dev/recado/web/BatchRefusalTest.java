package dev.recado.web;

import static dev.recado.web.BatchRequests.line;
import static dev.recado.web.BatchRequests.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.job.BatchId;
import dev.recado.store.Waiting;
import dev.recado.testing.Allocation;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches that are not taken: none of them leaves anything behind. */
class BatchRefusalTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final BatchRequests batches = new BatchRequests(web);

  private void nothingWasAccepted() {
    assertThat(web.store.load().waiting()).isEqualTo(new Waiting(0, 0, 0, 0));
    assertThat(web.get("/api/jobs").json().get("data")).isEmpty();
    assertThat(web.get("/api/batches").json().get("data")).isEmpty();
  }

  private Answer refused(Answer answer, String field, String words) {
    answer.expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo(field);
    assertThat(answer.member("invalid_fields/0/description")).contains(words);
    nothingWasAccepted();
    return answer;
  }

  @Test
  void a_deadline_in_the_query_is_held_to_the_same_bounds() {
    refused(
        batches.postTo("/api/batches?deadline_seconds=0", lines(1)),
        "deadline_seconds",
        "from 1 to 604800");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"60%2C%22typo%22%3A1", "60%20", "%2B60", "060", "6e1", "60.0", "%2260%22", ""})
  void a_deadline_in_the_query_is_a_number_and_nothing_else(String seconds) {
    refused(
        batches.postTo("/api/batches?deadline_seconds=" + seconds, lines(1)),
        "deadline_seconds",
        "must be a whole number");
  }

  @Test
  void labels_that_are_not_utf_8_are_refused() {
    var document = "{\"requests\":[" + line(0) + "],\"metadata\":{\"a\":\"??\"}}";
    var bytes = document.getBytes(StandardCharsets.UTF_8);
    // A slash in two bytes: what only finds where the value ends lets it pass.
    bytes[document.indexOf('?')] = (byte) 0xC0;
    bytes[document.indexOf('?') + 1] = (byte) 0xAF;

    refused(
        web.send(
            "POST",
            "/api/batches",
            BodyPublishers.ofByteArray(bytes),
            "Content-Type",
            "application/json"),
        "metadata",
        "is not valid");
  }

  @Test
  void one_bad_line_of_fifty_thousand_is_named_and_nothing_is_accepted() {
    var all = lines(49_999) + "\n{\"custom_id\":\"bad\",\"text\":\"\"}";

    var answer =
        refused(batches.post(all), "line 50000: text", "must be there and must not be blank");

    assertThat(answer.member("error")).startsWith("line 50000: text must be there");
  }

  @Test
  void a_batch_that_was_taken_for_abandoned_while_it_came_in_is_to_be_sent_again() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = threads.submit(() -> batches.post(lines(50_000)));

      await().pollInterval(Duration.ofMillis(5)).until(this::isBeingDropped);

      answer.get().expectProblem(503, "store_unavailable");
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
    batches.tend();
    nothingWasAccepted();
  }

  private boolean isBeingDropped() throws SQLException {
    try (var connection = DriverManager.getConnection(web.databaseUrl());
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT id FROM batches WHERE queued > 600")) {
      if (row.next()) {
        web.store.batches().abandon(new BatchId(row.getString(1)));
      }
    }
    return web.store.batches().tend().hasMore();
  }

  @Test
  void the_first_ten_faults_are_named() {
    var bad = IntStream.range(0, 30).mapToObj(i -> "{}").collect(Collectors.joining("\n"));

    assertThat(batches.post(bad).expectProblem(400, "invalid_field").json().get("invalid_fields"))
        .hasSize(10);
    nothingWasAccepted();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"text":"x"}                               | line 2: custom_id   | must be there
          {"custom_id":" ","text":"x"}               | line 2: custom_id   | must not be blank
          {"custom_id":7,"text":"x"}                 | line 2: custom_id   | must be a string
          {"custom_id":"r0","text":"x"}              | line 2: custom_id   | line 1 has the same
          {"custom_id":"b","text":"x","temprature":1}| line 2: temprature  | did you mean temperature?
          {"custom_id":"b","text":"x","requests":[]} | line 2: requests    | not a known field
          {"custom_id":"b","text":"x","priority":"x"}| line 2: priority    | one of high
          {"custom_id":"b","text":"x"                | line 2              | is not valid JSON
          {"custom_id":"b","text":"x"} x             | line 2              | is not valid JSON
          [1]                                        | line 2              | is not a JSON object
          """)
  void a_bad_line_is_named(String line, String field, String words) {
    refused(batches.post(line(0) + "\n" + line + "\n" + line(2)), field, words);
  }

  @Test
  void a_document_of_nothing_but_faults_is_not_read_to_its_end() {
    var faults = "\"a\":1,".repeat(1_000_000) + "\"a\":1";

    var bytes = Allocation.during(() -> batches.postDocument(faults).expect(400));

    assertThat(bytes).isLessThan(100_000_000);
  }

  @Test
  void empty_lines_cost_no_more_than_it_takes_to_read_them() {
    var lines = "\n".repeat(10_000_000);

    var bytes = Allocation.during(() -> batches.post(lines).expect(400));

    assertThat(bytes).isLessThan(100_000_000);
  }

  @Test
  void a_custom_id_has_a_longest_length() {
    refused(
        batches.post("{\"custom_id\":\"" + "x".repeat(129) + "\",\"text\":\"x\"}"),
        "line 1: custom_id",
        "at most 128");
  }

  @Test
  void a_huge_line_is_named_without_being_kept() {
    var huge = "{\"custom_id\":\"a\",\"text\":\"" + "x".repeat(20_000_000) + "\"}";

    refused(
        batches.post(line(0) + "\n" + huge + "\n" + line(1)), "line 2", "at most 1000000 bytes");
    refused(
        batches.postDocument(
            "\"requests\":[" + line(0) + ",{\"n\":[" + "1,".repeat(600_000) + "1]}]"),
        "requests[1]",
        "at most 1000000 bytes");
  }

  @Test
  void a_line_that_is_not_utf_8_is_named() {
    var bytes =
        (line(0) + "\n{\"custom_id\":\"b\",\"text\":\"?\"}").getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 3] = (byte) 0xFF;

    refused(batches.postBytes("/api/batches", bytes), "line 2", "is not valid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"requests\":[]",
        "\"requests\":null",
        "\"requests\":{}",
        "\"requests\":\"a\"",
      })
  void a_document_without_requests_is_refused(String members) {
    batches.postDocument(members).expectProblem(400, "invalid_field");
    nothingWasAccepted();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "requests":[R],"metadata":[]            | metadata         | object of strings
          "requests":[R],"metadata":{"a":1}       | metadata.a       | must be a string
          "deadline_seconds":0,"requests":[R]     | deadline_seconds | from 1
          "deadline_seconds":"1","requests":[R]   | deadline_seconds | whole number
          "requests":[R],"request":[]             | request          | did you mean requests?
          "requests":[R],"requests":[R]           | requests         | only once
          "requests":[R,3]                        | requests[1]      | is not a JSON object
          "requests":[R,{"custom_id":"b"}]        | requests[1].text | must be there
          "requests":[R,R]                        | requests[1].custom_id | requests[0] has the same
          """)
  void a_bad_field_of_a_document_is_named(String members, String field, String words) {
    refused(batches.postDocument(members.replace("R", line(0))), field, words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[]",
        "{\"requests\":[",
        "{\"requests\":[{]}",
        "{\"requests\":[]} 1",
        "\0"
      })
  void what_is_no_json_document_is_refused(String body) {
    web.postJson("/api/batches", body).expectProblem(400, "invalid_json");
    nothingWasAccepted();
  }

  @Test
  void an_empty_upload_of_lines_is_refused() {
    refused(batches.post("\n\n"), "requests", "at least one");
  }

  @Test
  void an_upload_that_cannot_be_kept_is_no_mistake_of_ours() throws IOException {
    var elsewhere = web.folder().resolveSibling(web.folder().getFileName() + ".away");
    Files.move(web.folder(), elsewhere);
    try {
      batches.post(lines(1)).expectProblem(503, "store_unavailable");
    } finally {
      Files.move(elsewhere, web.folder());
    }
    nothingWasAccepted();
  }

  private String raw(int contentLength, String body) {
    return web.raw(
        """
        POST /api/batches HTTP/1.1
        Host: 127.0.0.1
        Content-Type: application/jsonl
        Content-Length: %d

        %s\
        """
            .formatted(contentLength, body)
            .replace("\n", "\r\n"));
  }

  @Test
  void an_upload_that_breaks_off_is_refused() {
    assertThat(raw(1_000, line(0) + "\n")).startsWith("HTTP/1.1 400").contains("bad_request");
    nothingWasAccepted();
  }

  @Test
  void more_than_64_mb_are_refused_before_they_are_sent() {
    assertThat(raw(67_108_865, "")).startsWith("HTTP/1.1 413").contains("67108864");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/xml", "application/jsonl2", "text/plain; charset=what"})
  void other_kinds_of_bodies_are_refused(String type) {
    web.send("POST", "/api/batches", BodyPublishers.ofString(lines(1)), "Content-Type", type)
        .expectProblem(415, "unsupported_media_type");
  }
}
