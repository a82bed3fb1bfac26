package dev.recado.web;

import static dev.recado.web.BatchRequests.line;
import static dev.recado.web.BatchRequests.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.store.Waiting;
import dev.recado.web.admission.AdmissionLimits;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many texts left at once: {@code /api/batches}. */
class BatchTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final BatchRequests batches = new BatchRequests(web);

  @Test
  void lines_become_a_batch_of_low_jobs() {
    var answer = batches.post(lines(3)).expect(202);

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
        batches
            .postDocument(
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

    assertThat(batches.post(text).expect(202).json().at("/request_counts/total").asInt())
        .isEqualTo(3);
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
    var answer = batches.postTo("/api/batches?deadline_seconds=60", lines(1)).expect(202);

    assertThat(answer.member("deadline")).isEqualTo("2026-11-21T12:01:00.000Z");
  }

  @Test
  void fifty_thousand_are_taken_and_not_one_more() {
    assertThat(batches.post(lines(50_000)).expect(202).member("request_counts/total"))
        .isEqualTo("50000");
    batches.post(lines(50_001)).expectProblem(400, "invalid_field");
    assertThat(web.get("/api/batches").json().get("data")).hasSize(1);
  }

  @Test
  void the_same_key_and_batch_is_answered_with_the_first() {
    var first = batches.post(lines(3), "Idempotency-Key", "k").expect(202);
    batches.tend();

    var again = batches.post(lines(3) + "\n\n", "Idempotency-Key", "k").expect(202);

    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(again.member("batch_id")).isEqualTo(first.member("batch_id"));
    assertThat(web.store.load().waiting().total()).isEqualTo(3);
    batches.post(lines(4), "Idempotency-Key", "k").expectProblem(422, "idempotency_key_reused");
    assertThat(web.store.load().waiting().total()).isEqualTo(3);
  }

  /** With room for three jobs. */
  @Nested
  class AShortQueue {
    @RegisterExtension final RunningWeb narrow = new RunningWeb(new AdmissionLimits(3, 0));

    @Test
    void takes_a_batch_whole_or_not_at_all() {
      var batches = new BatchRequests(narrow);

      batches.post(lines(4)).expectProblem(503, "queue_full");
      assertThat(narrow.store.load().waiting().total()).isZero();
      batches.post(lines(3)).expect(202);
    }
  }
}
