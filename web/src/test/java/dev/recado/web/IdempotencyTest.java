package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.Tenant;
import dev.recado.web.admission.AdmissionLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Idempotency-Key} on {@code POST /api/predict}. */
class IdempotencyTest {
  private static final String HEADER = "Idempotency-Key";
  private static final String HELLO = "{\"text\":\"hello\",\"max_tokens\":7}";

  @RegisterExtension final RunningWeb web = new RunningWeb(new AdmissionLimits(2, 0));

  @Test
  void the_same_request_again_gets_the_first_answer_and_makes_no_second_job() {
    var first = submit("\"order-42\"", HELLO).expect(202);
    web.clock.advance(Duration.ofMinutes(1));
    var again = submit("\"order-42\"", HELLO).expect(202);

    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(web.store.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
  }

  @Test
  void it_is_the_meaning_that_counts_and_not_the_bytes() {
    var first = submit("key", HELLO);
    var again = submit("\"key\"", "{ \"max_tokens\": 7, \"text\": \"hello\" }").expect(202);
    assertThat(again.member("job_id")).isEqualTo(first.member("job_id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"hello!\",\"max_tokens\":7}",
        "{\"text\":\"hello\"}",
        "{\"text\":\"hello\",\"max_tokens\":7,\"metadata\":{\"a\":\"b\"}}",
        "{\"text\":\"hello\",\"max_tokens\":7,\"deadline_seconds\":9}",
        "{\"text\":\"hello\",\"max_tokens\":7,\"model\":\"other\"}"
      })
  void another_wish_under_the_same_key_is_refused(String other) {
    submit("key", HELLO).expect(202);
    submit("key", other).expectProblem(422, "idempotency_key_reused");
    assertThat(web.store.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"hello\"}",
        "{\"text\":\"hello\",\"deadline_seconds\":600}",
        "{\"text\":\"hello\",\"deadline_seconds\":900}"
      })
  void a_request_is_known_again_when_the_usual_deadline_has_been_set_anew(String wish)
      throws IOException {
    var first = submit("key", wish).expect(202);

    web.restart(Duration.ofMinutes(15));

    var again = submit("key", wish).expect(202);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Idempotency-Replayed")).hasValue("true");
  }

  @Test
  void a_key_is_known_that_was_kept_with_the_usual_deadline_in_place_of_none() throws IOException {
    web.restart(Duration.ofMinutes(15));
    var first = submit("key", "{\"text\":\"hello\",\"deadline_seconds\":900}").expect(202);

    var again = submit("key", "{\"text\":\"hello\"}").expect(202);

    assertThat(again.text()).isEqualTo(first.text());
  }

  @Test
  void many_at_the_same_instant_make_one_job() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 40).mapToObj(_ -> threads.submit(() -> submit("key", HELLO))).toList();
      for (var answer : answers) {
        answer.get().expect(202);
      }
      assertThat(answers.stream().map(a -> a.resultNow().member("job_id")).distinct()).hasSize(1);
      assertThat(
              answers.stream().filter(a -> a.resultNow().header("Idempotency-Replayed").isEmpty()))
          .hasSize(1);
    }
    assertThat(web.store.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
  }

  @Test
  void what_was_accepted_is_answered_even_when_there_is_no_more_room() {
    var first = submit("key", HELLO).expect(202);
    web.submit("another");
    submit("new-key", HELLO).expectProblem(503, "queue_full");
    assertThat(submit("key", HELLO).expect(202).text()).isEqualTo(first.text());
  }

  @Test
  void a_key_outlives_the_text_of_its_job() {
    var first = submit("key", HELLO).member("job_id");
    web.finish(Samples.success());
    web.delete("/api/jobs/" + first).expect(204);
    assertThat(submit("key", HELLO).expect(202).member("job_id")).isEqualTo(first);
  }

  @Test
  void a_key_is_forgotten_with_its_job() {
    var first = submit("key", HELLO).member("job_id");
    web.finish(Samples.success());
    web.clock.advance(Duration.ofDays(20));
    web.store.purge(Duration.ofDays(7));
    assertThat(submit("key", HELLO).expect(202).member("job_id")).isNotEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "two words", "\"open", "\"a\"b\""})
  void a_malformed_key_is_refused_by_name(String key) {
    var answer = submit(key, HELLO).expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo(HEADER);
  }

  @Test
  void a_key_may_have_255_characters_and_no_more() {
    submit("k".repeat(255), HELLO).expect(202);
    submit("k".repeat(256), HELLO).expectProblem(400, "invalid_field");
  }

  @Test
  void two_keys_are_one_too_many() {
    web.postJson("/api/predict", HELLO, HEADER, "a", HEADER, "b")
        .expectProblem(400, "invalid_field");
  }

  @Test
  void a_request_that_was_refused_does_not_use_up_its_key() {
    submit("key", "{\"text\":\"\"}").expectProblem(400, "no_text");
    submit("key", HELLO).expect(202);
  }

  private Answer submit(String key, String body) {
    return web.postJson("/api/predict", body, List.of(HEADER, key).toArray(String[]::new));
  }
}
