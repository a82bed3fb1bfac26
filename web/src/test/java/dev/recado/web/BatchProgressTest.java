package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.batch.BatchStore;
import dev.recado.event.JobEvent;
import dev.recado.job.JobState;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen and done of batches on their way. */
class BatchProgressTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final BatchRequests batches = new BatchRequests(web);

  private void finishFirst() {
    var job = web.claim();
    assertThat(web.store.settle(job, Samples.success())).isTrue();
  }

  @Test
  void results_come_as_lines_in_order_and_go_on_after_an_index() {
    var batch = batches.accepted(100);
    assertThat(batches.results(batch, "")).isEmpty();
    for (var i = 0; i < 70; i++) {
      finishFirst();
    }
    web.finish(new Settlement.Fail(Samples.OVERLOADED, null));

    var all = batches.results(batch, "");
    assertThat(all).hasSize(71);
    assertThat(all.get(0).toString())
        .startsWith("{\"custom_id\":\"r0\",\"index\":0,\"job_id\":\"")
        .contains("\"status\":\"succeeded\",\"result\":{\"content\":\"Claro!\"")
        .endsWith("\"error\":null}");
    assertThat(all.get(70).at("/error/code").asString()).isEqualTo("provider_overloaded");
    assertThat(all.get(70).get("result").isNull()).isTrue();
    assertThat(batches.results(batch, "?after=68").stream().map(line -> line.get("index").asInt()))
        .containsExactly(69, 70);
    assertThat(batches.results(batch, "?after=70")).isEmpty();
  }

  @Test
  void results_that_break_off_do_not_pass_for_whole() throws IOException {
    var batch = batches.accepted(40);
    var huge = new Settlement.Succeed(Samples.result("x".repeat(300_000)));
    for (var i = 0; i < 40; i++) {
      web.finish(huge);
    }

    var rest = restWhenTheStoreGoesAway(batch);

    assertThat(rest).contains("\"custom_id\":\"r1\"").doesNotContain("\"r39\"");
    assertThat(rest.endsWith("\r\n0\r\n\r\n")).isFalse();
  }

  @Test
  void what_a_new_batch_finds_to_cancel_of_another_is_told_of() {
    var batch = batches.accepted(1_200);
    web.post("/api/batches/" + batch + "/cancel").expect(200);
    web.events.clear();

    batches.post(BatchRequests.line(0)).expect(202);

    assertThat(web.events)
        .filteredOn(event ->
            event instanceof JobEvent.StateChanged(_, var state) && state == JobState.CANCELED)
        .hasSize(BatchStore.PIECE);
  }

  @Test
  void results_that_break_off_end_at_the_end_of_a_line() throws IOException {
    var batch = batches.accepted(1_200);
    var nineThousand = new Settlement.Succeed(Samples.result("x".repeat(9_001)));
    for (var i = 0; i < 1_200; i++) {
      web.finish(nineThousand);
    }

    var rest = restWhenTheStoreGoesAway(batch);

    assertThat(rest).doesNotContain("\"r1199\"");
    assertThat(rest.substring(rest.length() - 1)).isEqualTo("\n");
  }

  /** What comes of results of which more are there than fit on the way. */
  private String restWhenTheStoreGoesAway(String batch) throws IOException {
    try (var socket = new Socket()) {
      socket.setSoTimeout(10_000);
      socket.setReceiveBufferSize(64 << 10);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), web.port()));
      var request = "GET /api/batches/" + batch + "/results HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().readNBytes(1_000)).asString().startsWith("HTTP/1.1 200");

      web.store.close();

      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whoever_asks_for_the_head_of_the_results_has_none_of_them_read() throws SQLException {
    var batch = batches.accepted(1);
    finishFirst();
    try (var connection = DriverManager.getConnection(web.databaseUrl());
        var statement = connection.createStatement()) {
      statement.execute("UPDATE job_outputs SET result = 'unreadable'");
    }

    var path = "/api/batches/" + batch + "/results";
    web.get(path).expect(500);
    var head = web.send("HEAD", path, RunningWeb.NOTHING).expect(200);
    assertThat(head.header("Content-Type")).hasValue("application/jsonl");
  }

  @Test
  void cancel_keeps_what_has_ended_and_names_the_rest() {
    var batch = batches.accepted(1_200);
    finishFirst();
    var running = web.claim();

    var answer = web.post("/api/batches/" + batch + "/cancel").expect(200);
    assertThat(answer.member("status")).isEqualTo("canceling");
    batches.tend();

    var after = web.get("/api/batches/" + batch).expect(200);
    assertThat(after.member("status")).isEqualTo("canceled");
    assertThat(after.member("request_counts/canceled")).isEqualTo("1199");
    assertThat(batches.results(batch, "")).hasSize(1_200);
    assertThat(batches.results(batch, "").get(1).at("/error/code").asString())
        .isEqualTo("job_canceled");
    assertThat(web.store.settle(running, Samples.success())).isFalse();
    assertThat(web.store.find(Tenant.DEFAULT, running.id()).orElseThrow().state())
        .isEqualTo(JobState.CANCELED);
    web.post("/api/batches/" + batch + "/cancel").expect(200);
  }

  @Test
  void a_small_batch_is_canceled_by_the_answer() {
    var batch = batches.accepted(3);
    var running = web.claim();

    assertThat(web.post("/api/batches/" + batch + "/cancel").expect(200).member("status"))
        .isEqualTo("canceled");

    assertThat(web.events)
        .hasSize(4)
        .contains(
            new JobEvent.TakenAway(running.id()),
            new JobEvent.StateChanged(running.id(), JobState.CANCELED));
  }

  @Test
  void a_finished_batch_is_not_canceled() {
    var batch = batches.accepted(1);
    finishFirst();

    assertThat(web.get("/api/batches/" + batch).member("status")).isEqualTo("completed");
    web.post("/api/batches/" + batch + "/cancel").expectProblem(409, "batch_already_finished");
  }

  @Test
  void batches_are_listed_page_by_page() {
    var first = batches.accepted(1);
    web.clock.advance(Duration.ofMillis(1));
    var second = batches.accepted(1);

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
    var batch = batches.accepted(1);

    web.get("/api/batches/" + batch + "/results" + query).expectProblem(400, "invalid_field");
  }
}
