package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobResult;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/chat/completions} with {@code "stream":true}. */
@Timeout(60)
class ChatStreamTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  private EventReader ask(String more) {
    var body = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],\"stream\":true" + more;
    return EventReader.post(web.port(), ChatTest.CHAT, body + "}");
  }

  private static JsonNode chunk(EventReader stream) {
    return stream.next().orElseThrow().json();
  }

  private static void expectRole(EventReader stream) {
    assertThat(chunk(stream).at("/choices/0/delta").toString())
        .isEqualTo("{\"role\":\"assistant\",\"content\":\"\"}");
  }

  private static void expectContent(EventReader stream, String words) {
    var choice = chunk(stream).at("/choices/0");
    assertThat(choice.at("/delta/content").asString()).isEqualTo(words);
    assertThat(choice.get("finish_reason").isNull()).isTrue();
  }

  private static void expectEnd(EventReader stream) {
    assertThat(chunk(stream).at("/choices/0").toString())
        .isEqualTo("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}");
  }

  private static void expectDone(EventReader stream) {
    assertThat(stream.next().orElseThrow().data()).isEqualTo("[DONE]");
    assertThat(stream.next()).isEmpty();
  }

  private static void expectError(EventReader stream, String code) {
    var error = chunk(stream).get("error");
    assertThat(error.get("code").stringValue()).isEqualTo(code);
    assertThat(error.get("job_id").stringValue()).isNotEmpty();
    assertThat(stream.next()).isEmpty();
  }

  private void succeed(ClaimedJob job, String content) {
    web.store.settle(job, new Settlement.Succeed(Samples.result(content)));
  }

  @Test
  void the_answer_comes_as_it_is_given() {
    try (var stream = ask("")) {
      var head = chunk(stream);
      assertThat(head.get("object").stringValue()).isEqualTo("chat.completion.chunk");
      assertThat(head.get("model").stringValue()).isEqualTo("some/model");
      var id = new JobId(stream.response().headers().firstValue("X-Job-Id").orElseThrow());
      assertThat(head.get("id").stringValue()).isEqualTo("chatcmpl-" + id);
      assertThat(stream.response().headers().firstValue("X-Accel-Buffering")).hasValue("no");

      var job = web.claim();
      web.say(job, 0, "Olá");
      expectContent(stream, "Olá");
      web.say(job, 3, ", você 😀");
      expectContent(stream, ", você 😀");
      succeed(job, "Olá, você 😀!");
      expectContent(stream, "!");
      expectEnd(stream);
      expectDone(stream);
    }
  }

  @Test
  void tokens_are_told_to_those_who_ask() {
    try (var stream = ask(",\"stream_options\":{\"include_usage\":true}")) {
      web.finish(Samples.success());
      expectRole(stream);
      expectContent(stream, "Claro!");
      expectEnd(stream);
      var last = chunk(stream);
      assertThat(last.get("choices")).isEmpty();
      assertThat(last.at("/usage/total_tokens").intValue()).isEqualTo(29);
      expectDone(stream);
    }
  }

  @Test
  void calls_of_tools_come_in_one_piece() {
    var call =
        "{\"id\":\"c\",\n\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}";
    try (var stream = ask("")) {
      var result = new JobResult(null, null, "[" + call + "]", "m", null, null);
      web.finish(new Settlement.Succeed(result));
      expectRole(stream);
      var delta = chunk(stream).at("/choices/0/delta/tool_calls/0");
      assertThat(delta.get("index").intValue()).isZero();
      assertThat(delta.at("/function/name").asString()).isEqualTo("f");
      assertThat(chunk(stream).at("/choices/0/finish_reason").asString()).isEqualTo("tool_calls");
      expectDone(stream);
    }
  }

  @Test
  void a_failure_ends_the_stream_with_an_error() {
    try (var stream = ask("")) {
      web.finish(Samples.failure());
      expectRole(stream);
      expectError(stream, "provider_overloaded");
    }
  }

  @Test
  void a_retry_before_the_first_word_goes_unnoticed() {
    try (var stream = ask("")) {
      expectRole(stream);
      handBack(web.claim());
      var again = web.claim();
      web.say(again, 0, "Hi");
      expectContent(stream, "Hi");
      succeed(again, "Hi");
      expectEnd(stream);
      expectDone(stream);
    }
  }

  @Test
  void words_that_were_sent_are_not_taken_back_but_given_up() {
    try (var stream = ask("")) {
      expectRole(stream);
      var first = web.claim();
      web.say(first, 0, "wrong");
      expectContent(stream, "wrong");
      handBack(first);
      var again = web.claim();
      web.say(again, 0, "right");
      expectError(stream, "stream_interrupted");
      succeed(again, "right");
    }
    assertThat(web.get("/api/jobs").member("data/0/status")).isEqualTo("succeeded");
  }

  private void handBack(ClaimedJob job) {
    web.store.settle(job, new Settlement.HandBack(Setbacks.NONE));
  }

  @Test
  void a_server_that_stops_does_not_pass_half_an_answer_for_a_whole_one() {
    try (var stream = ask("")) {
      expectRole(stream);
      web.say(web.claim(), 0, "Half");
      expectContent(stream, "Half");

      web.web.close();

      expectError(stream, "job_not_finished");
    }
  }

  @Test
  void a_client_that_hangs_up_does_not_cancel_the_job() {
    try (var stream = ask("")) {
      expectRole(stream);
    }
    var job = web.claim();
    succeed(job, "still here");
    assertThat(web.get("/api/result/" + job.id()).expect(200).member("result/content"))
        .isEqualTo("still here");
  }

  @Test
  void a_bad_request_is_refused_before_anything_streams() {
    try (var stream = ask(",\"n\":2")) {
      assertThat(stream.status()).isEqualTo(400);
    }
    assertThat(web.get("/api/queue").json().get("queued").intValue()).isZero();
  }
}
