package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.job.JobId;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Prefer: wait=N}. */
class WaitTest {
  private static final String LONG = "wait=40";
  private static final int SECONDS = 20;

  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    clients.shutdownNow();
  }

  @Test
  void a_submit_that_waits_is_answered_with_the_result() throws Exception {
    var answer = ask(() -> web.postJson("/api/predict", "{\"text\":\"hi\"}", "Prefer", LONG));
    web.awaitQueued(1);
    web.finish(Samples.success());

    var result = answer.get(SECONDS, TimeUnit.SECONDS).expect(200);
    assertThat(result.member("result/content")).isEqualTo("Claro!");
    assertThat(result.header("Preference-Applied")).hasValue("wait=40");
    assertThat(result.header("X-Request-Id")).isPresent();
  }

  @Test
  void a_poll_that_waits_is_answered_when_the_job_ends() throws Exception {
    var id = web.submit("hi");
    var answer = ask(() -> web.get("/api/result/" + id, "Prefer", LONG));
    web.finish(Samples.failure());

    answer.get(SECONDS, TimeUnit.SECONDS).expectProblem(424, "provider_overloaded");
  }

  @Test
  void a_canceled_job_ends_the_wait() throws Exception {
    var id = web.submit("hi");
    var answer = ask(() -> web.get("/api/result/" + id, "Prefer", LONG));
    web.post("/api/jobs/" + id + "/cancel").expect(200);

    answer.get(SECONDS, TimeUnit.SECONDS).expectProblem(410, "job_canceled");
  }

  @Test
  void time_over_is_the_usual_202() {
    var accepted = web.postJson("/api/predict", "{\"text\":\"hi\"}", "Prefer", "wait=1");
    accepted.expect(202);
    assertThat(accepted.member("status")).isEqualTo("queued");
    assertThat(accepted.header("Location")).isPresent();

    var pending = web.get("/api/result/" + accepted.member("job_id"), "Prefer", "wait=1");
    assertThat(pending.expect(202).member("status")).isEqualTo("pending");
  }

  @Test
  void a_job_that_runs_when_the_time_is_over_is_told_to_run() throws Exception {
    var answer = ask(() -> web.postJson("/api/predict", "{\"text\":\"hi\"}", "Prefer", "wait=1"));
    web.awaitQueued(1);
    web.claim();

    var accepted = answer.get(SECONDS, TimeUnit.SECONDS).expect(202);
    assertThat(accepted.member("status")).isEqualTo("processing");
    assertThat(accepted.json().get("queue_position").isNull()).isTrue();
    assertThat(accepted.json().get("done").booleanValue()).isFalse();
  }

  @Test
  void the_place_in_line_is_that_of_the_moment_as_well() throws Exception {
    web.submit("first");
    var answer = ask(() -> web.postJson("/api/predict", "{\"text\":\"hi\"}", "Prefer", "wait=1"));
    web.awaitQueued(2);
    web.claim();

    var accepted = answer.get(SECONDS, TimeUnit.SECONDS).expect(202);
    assertThat(accepted.member("status")).isEqualTo("queued");
    assertThat(accepted.json().get("queue_position").intValue()).isEqualTo(1);
  }

  @Test
  void a_store_that_cannot_be_read_by_then_leaves_the_usual_202() throws Exception {
    var answer = ask(() -> web.postJson("/api/predict", "{\"text\":\"hi\"}", "Prefer", "wait=1"));
    web.awaitQueued(1);
    web.store.close();

    assertThat(answer.get(SECONDS, TimeUnit.SECONDS).expect(202).member("status"))
        .isEqualTo("queued");
  }

  @Test
  void a_question_for_a_result_never_fails_for_having_waited() throws Exception {
    var id = web.submit("hi");
    var answer = ask(() -> web.get("/api/result/" + id, "Prefer", "wait=1"));
    await().until(this::somebodyWaits);
    web.store.close();

    assertThat(answer.get(SECONDS, TimeUnit.SECONDS).expect(202).member("state"))
        .isEqualTo("queued");
  }

  @Test
  void a_finished_job_is_not_waited_for() {
    var id = web.submit("hi");
    web.finish(Samples.success());
    web.get("/api/result/" + id, "Prefer", LONG).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"wait", "wait=", "wait=-1", "wait=0", "wait=soon", "wait=1e9", "respond-async"})
  void what_is_no_wait_is_ignored(String preference) {
    var answer = web.postJson("/api/predict", "{\"text\":\"hi\"}", "Prefer", preference);
    assertThat(answer.expect(202).header("Preference-Applied")).isEmpty();
  }

  @Test
  void nobody_waits_longer_than_45_seconds() throws Exception {
    var answer =
        ask(() ->
            web.postJson(
                "/api/predict", "{\"text\":\"hi\"}", "Prefer", "respond-async, wait=99999999999"));
    web.awaitQueued(1);
    web.finish(Samples.success());

    assertThat(answer.get(SECONDS, TimeUnit.SECONDS).header("Preference-Applied"))
        .hasValue("wait=45");
  }

  @Test
  void an_unknown_job_is_not_waited_for() {
    web.get("/api/result/" + new JobId("01970000-0000-7000-8000-000000000000"), "Prefer", LONG)
        .expectProblem(404, "job_not_found");
  }

  @Test
  void a_server_that_stops_answers_those_who_wait() throws Exception {
    var answer = ask(() -> web.postJson("/api/predict", "{\"text\":\"hi\"}", "Prefer", LONG));
    web.awaitQueued(1);

    web.web.close();

    answer.get(SECONDS, TimeUnit.SECONDS).expect(202);
  }

  @Test
  void many_wait_at_once_without_a_thread_for_each() throws Exception {
    var id = web.submit("hi");
    var answers =
        IntStream.range(0, 300)
            .mapToObj(_ -> ask(() -> web.get("/api/result/" + id, "Prefer", LONG)))
            .toList();
    web.finish(Samples.success());

    for (var answer : answers) {
      answer.get(SECONDS, TimeUnit.SECONDS).expect(200);
    }
  }

  private boolean somebodyWaits() {
    return web.metrics
            .registry()
            .get("recado.web.held.requests")
            .tag("kind", "wait")
            .gauge()
            .value()
        > 0;
  }

  private Future<Answer> ask(Callable<Answer> request) {
    return clients.submit(request);
  }
}
