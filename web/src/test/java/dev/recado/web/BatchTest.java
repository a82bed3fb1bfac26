package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.JobState;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.store.Waiting;
import dev.recado.web.admission.AdmissionLimits;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Many texts left at once: {@code /api/batches}. */
class BatchTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  @RegisterExtension final RunningWeb web = new RunningWeb();

  private static String line(int i) {
    return "{\"custom_id\":\"r%d\",\"text\":\"text %d\"}".formatted(i, i);
  }

  private static String lines(int count) {
    return IntStream.range(0, count).mapToObj(BatchTest::line).collect(Collectors.joining("\n"));
  }

  private Answer postLines(String lines, String... headers) {
    return postBytes(lines.getBytes(StandardCharsets.UTF_8), headers);
  }

  private Answer postBytes(byte[] lines, String... headers) {
    return BatchRequests.postLines(web, "/api/batches", lines, headers);
  }

  private Answer postDocument(String members) {
    return web.postJson("/api/batches", "{" + members + "}");
  }

  private String accepted(int count) {
    var id = postLines(lines(count)).expect(202).member("batch_id");
    tend();
    return id;
  }

  private void tend() {
    while (web.store.batches().tend().hasMore()) {}
  }

  private List<JsonNode> results(String batch, String query) {
    var answer = web.get("/api/batches/" + batch + "/results" + query).expect(200);
    assertThat(answer.header("Content-Type")).hasValue("application/jsonl");
    return answer.text().lines().map(MAPPER::readTree).toList();
  }

  private void finishFirst() {
    var job = web.claim();
    assertThat(web.store.settle(job, Samples.success())).isTrue();
  }

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

  // ---- accepted ----

  @Test
  void lines_become_a_batch_of_low_jobs() {
    var answer = postLines(lines(3)).expect(202);

    var batch = answer.member("batch_id");
    assertThat(answer.header("Location")).hasValue("/api/batches/" + batch);
    assertThat(answer.member("object")).isEqualTo("batch");
    assertThat(answer.member("status")).isEqualTo("in_progress");
    assertThat(answer.json().get("request_counts").toString())
        .isEqualTo(
            """
            {"total":3,"queued":3,"processing":0,"succeeded":0,"failed":0,"canceled":0,"expired":0}\
            """);
    assertThat(answer.member("urls/results")).isEqualTo("/api/batches/" + batch + "/results");
    assertThat(web.get("/api/batches/" + batch).expect(200).json()).isEqualTo(answer.json());
    assertThat(web.store.load().waiting()).isEqualTo(new Waiting(0, 0, 3, 0));
    var job = web.claim();
    assertThat(job.inputJson()).isEqualTo("{\"text\":\"text 0\"}");
    assertThat(web.get("/api/jobs/" + job.id()).member("batch_id")).isEqualTo(batch);
  }

  @Test
  void a_document_says_more_about_the_batch() {
    var answer =
        postDocument(
                """
                "metadata":{"run":"7"},
                "requests":[{"custom_id":"a","text":"x","priority":"high","metadata":{"k":"v"}},
                            {"custom_id":"b","text":"y","deadline_seconds":60}],
                "deadline_seconds":3600\
                """)
            .expect(202);

    assertThat(answer.member("metadata/run")).isEqualTo("7");
    assertThat(answer.member("created_at")).isEqualTo("2026-11-21T12:00:00.000Z");
    assertThat(answer.member("deadline")).isEqualTo("2026-11-21T13:00:00.000Z");
    assertThat(web.store.load().waiting()).isEqualTo(new Waiting(1, 0, 1, 0));
    assertThat(web.claim().deadline()).isEqualTo("2026-11-21T13:00:00.000Z");
    assertThat(web.claim().deadline()).isEqualTo("2026-11-21T12:01:00.000Z");
  }

  @Test
  void lines_may_end_as_on_windows_begin_with_a_mark_and_be_blank() {
    var text = "\uFEFF" + line(0) + "\r\n\r\n" + line(1) + "\r\n  \t\n" + line(2) + "\n\n";

    assertThat(postLines(text).expect(202).json().at("/request_counts/total").asInt()).isEqualTo(3);
  }

  @Test
  void a_document_may_begin_with_a_mark() {
    var body = "\uFEFF{\"requests\":[" + line(0) + " , " + line(1) + "]}";

    assertThat(web.postJson("/api/batches", body).expect(202).member("request_counts/total"))
        .isEqualTo("2");
    assertThat(web.claim().inputJson()).isEqualTo("{\"text\":\"text 0\"}");
  }

  @Test
  void the_deadline_of_lines_stands_in_the_query() {
    var body = lines(1).getBytes(StandardCharsets.UTF_8);
    refused(
        BatchRequests.postLines(web, "/api/batches?deadline_seconds=0", body),
        "deadline_seconds",
        "from 1 to 604800");

    var answer = BatchRequests.postLines(web, "/api/batches?deadline_seconds=60", body).expect(202);

    assertThat(answer.member("deadline")).isEqualTo("2026-11-21T12:01:00.000Z");
  }

  @Test
  void fifty_thousand_are_taken_and_not_one_more() {
    assertThat(postLines(lines(50_000)).expect(202).member("request_counts/total"))
        .isEqualTo("50000");
    postLines(lines(50_001)).expectProblem(400, "invalid_field");
    assertThat(web.get("/api/batches").json().get("data")).hasSize(1);
  }

  // ---- refused ----

  @Test
  void one_bad_line_of_fifty_thousand_is_named_and_nothing_is_accepted() {
    var all = lines(49_999) + "\n{\"custom_id\":\"bad\",\"text\":\"\"}";

    var answer = refused(postLines(all), "line 50000: text", "must be there and must not be blank");

    assertThat(answer.member("error")).startsWith("line 50000: text must be there");
  }

  @Test
  void the_first_ten_faults_are_named() {
    var bad = IntStream.range(0, 30).mapToObj(i -> "{}").collect(Collectors.joining("\n"));

    assertThat(postLines(bad).expectProblem(400, "invalid_field").json().get("invalid_fields"))
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
    refused(postLines(line(0) + "\n" + line + "\n" + line(2)), field, words);
  }

  @Test
  void a_custom_id_has_a_longest_length() {
    refused(
        postLines("{\"custom_id\":\"" + "x".repeat(129) + "\",\"text\":\"x\"}"),
        "line 1: custom_id",
        "at most 128");
  }

  @Test
  void a_huge_line_is_named_without_being_kept() {
    var huge = "{\"custom_id\":\"a\",\"text\":\"" + "x".repeat(20_000_000) + "\"}";

    refused(postLines(line(0) + "\n" + huge + "\n" + line(1)), "line 2", "at most 1000000 bytes");
    refused(
        postDocument("\"requests\":[" + line(0) + ",{\"n\":[" + "1,".repeat(600_000) + "1]}]"),
        "requests[1]",
        "at most 1000000 bytes");
  }

  @Test
  void a_line_that_is_not_utf_8_is_named() {
    var bytes =
        (line(0) + "\n{\"custom_id\":\"b\",\"text\":\"?\"}").getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 3] = (byte) 0xFF;

    refused(postBytes(bytes), "line 2", "is not valid UTF-8");
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
    postDocument(members).expectProblem(400, "invalid_field");
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
    refused(postDocument(members.replace("R", line(0))), field, words);
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
    refused(postLines("\n\n"), "requests", "at least one");
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
  @ValueSource(strings = {"text/plain", "application/xml", "application/jsonl2"})
  void other_kinds_of_bodies_are_refused(String type) {
    web.send("POST", "/api/batches", BodyPublishers.ofString(lines(1)), "Content-Type", type)
        .expectProblem(415, "unsupported_media_type");
  }

  // ---- again ----

  @Test
  void the_same_key_and_batch_is_answered_with_the_first() {
    var first = postLines(lines(3), "Idempotency-Key", "k").expect(202);
    tend();

    var again = postLines(lines(3) + "\n\n", "Idempotency-Key", "k").expect(202);

    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.member("batch_id")).isEqualTo(first.member("batch_id"));
    assertThat(web.store.load().waiting().total()).isEqualTo(3);
    postLines(lines(4), "Idempotency-Key", "k").expectProblem(422, "idempotency_key_reused");
    assertThat(web.store.load().waiting().total()).isEqualTo(3);
  }

  // ---- on its way ----

  @Test
  void results_come_as_lines_in_order_and_go_on_after_an_index() {
    var batch = accepted(100);
    assertThat(results(batch, "")).isEmpty();
    for (var i = 0; i < 70; i++) {
      finishFirst();
    }
    web.finish(new Settlement.Fail(Samples.OVERLOADED, null));

    var all = results(batch, "");
    assertThat(all).hasSize(71);
    assertThat(all.get(0).toString())
        .startsWith("{\"custom_id\":\"r0\",\"index\":0,\"job_id\":\"")
        .contains("\"status\":\"succeeded\",\"result\":{\"content\":\"Claro!\"")
        .endsWith("\"error\":null}");
    assertThat(all.get(70).at("/error/code").asString()).isEqualTo("provider_overloaded");
    assertThat(all.get(70).get("result").isNull()).isTrue();
    assertThat(results(batch, "?after=68").stream().map(line -> line.get("index").asInt()))
        .containsExactly(69, 70);
    assertThat(results(batch, "?after=70")).isEmpty();
  }

  @Test
  void cancel_keeps_what_has_ended_and_names_the_rest() {
    var batch = accepted(1_200);
    finishFirst();
    var running = web.claim();

    var answer = web.post("/api/batches/" + batch + "/cancel").expect(200);
    assertThat(answer.member("status")).isEqualTo("canceling");
    tend();

    var after = web.get("/api/batches/" + batch).expect(200);
    assertThat(after.member("status")).isEqualTo("canceled");
    assertThat(after.member("request_counts/canceled")).isEqualTo("1199");
    assertThat(results(batch, "")).hasSize(1_200);
    assertThat(results(batch, "").get(1).at("/error/code").asString()).isEqualTo("job_canceled");
    assertThat(web.store.settle(running, Samples.success())).isFalse();
    assertThat(web.store.find(Tenant.DEFAULT, running.id()).orElseThrow().state())
        .isEqualTo(JobState.CANCELED);
    web.post("/api/batches/" + batch + "/cancel").expect(200);
  }

  @Test
  void a_small_batch_is_canceled_by_the_answer() {
    var batch = accepted(3);

    assertThat(web.post("/api/batches/" + batch + "/cancel").expect(200).member("status"))
        .isEqualTo("canceled");
  }

  @Test
  void a_finished_batch_is_not_canceled() {
    var batch = accepted(1);
    finishFirst();

    assertThat(web.get("/api/batches/" + batch).member("status")).isEqualTo("completed");
    web.post("/api/batches/" + batch + "/cancel").expectProblem(409, "batch_already_finished");
  }

  @Test
  void batches_are_listed_page_by_page() {
    var first = accepted(1);
    web.clock.advance(Duration.ofMillis(1));
    var second = accepted(1);

    var page = web.get("/api/batches?limit=1").expect(200);
    assertThat(page.member("data/0/batch_id")).isEqualTo(second);
    var rest = web.get("/api/batches?limit=1&cursor=" + page.member("next_cursor")).expect(200);
    assertThat(rest.member("data/0/batch_id")).isEqualTo(first);
    assertThat(rest.json().get("has_more").asBoolean()).isFalse();
    web.get("/api/batches?status=completed").expectProblem(400, "invalid_field");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "019a0000-0000-7000-8000-000000000000"})
  void an_unknown_batch_is_not_found(String id) {
    web.get("/api/batches/" + id).expectProblem(404, "batch_not_found");
    web.get("/api/batches/" + id + "/results").expectProblem(404, "batch_not_found");
    web.post("/api/batches/" + id + "/cancel").expectProblem(404, "batch_not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?after=-1", "?after=x", "?after=", "?from=1", "?after=1&after=2"})
  void a_bad_question_for_results_is_refused(String query) {
    var batch = accepted(1);

    web.get("/api/batches/" + batch + "/results" + query).expectProblem(400, "invalid_field");
  }

  /** With room for three jobs. */
  @Nested
  class AShortQueue {
    @RegisterExtension final RunningWeb narrow = new RunningWeb(new AdmissionLimits(3, 0));

    @Test
    void takes_a_batch_whole_or_not_at_all() {
      var four = lines(4).getBytes(StandardCharsets.UTF_8);
      var three = lines(3).getBytes(StandardCharsets.UTF_8);

      BatchRequests.postLines(narrow, "/api/batches", four).expectProblem(503, "queue_full");
      assertThat(narrow.store.load().waiting().total()).isZero();
      BatchRequests.postLines(narrow, "/api/batches", three).expect(202);
    }
  }
}
