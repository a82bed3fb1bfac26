package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobResult;
import dev.recado.job.Settlement;
import dev.recado.job.Usage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/chat/completions}, answered as a whole. */
@Timeout(60)
class ChatTest {
  static final String CHAT = "/v1/chat/completions";
  private static final String HI =
      "{\"model\":\"some/model\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final int SECONDS = 20;

  @RegisterExtension final RunningWeb web = new RunningWeb();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void close() {
    clients.shutdownNow();
  }

  private Future<Answer> ask(String body, String... headers) {
    var answer = clients.submit(() -> web.postJson(CHAT, body, headers));
    web.awaitQueued(1);
    return answer;
  }

  private static Answer get(Future<Answer> answer) throws Exception {
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  @Test
  void it_waits_for_the_answer_and_gives_it_in_the_shape_of_openai() throws Exception {
    var asked = ask(HI);
    var job = web.claim();
    web.store.settle(job, Samples.success());

    var answer = get(asked).expect(200);
    assertThat(answer.header("X-Job-Id")).hasValue(job.id().value());
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.text())
        .isEqualTo(
            """
            {"id":"chatcmpl-%s","object":"chat.completion","created":%d,"model":"some/model",\
            "choices":[{"index":0,"message":{"role":"assistant","content":"Claro!","refusal":null},\
            "logprobs":null,"finish_reason":"stop"}],\
            "usage":{"prompt_tokens":20,"completion_tokens":9,"total_tokens":29}}\
            """
                .formatted(job.id(), job.id().createdAt().getEpochSecond()));
  }

  @Test
  void the_job_is_a_job_like_any_other() throws Exception {
    var asked = ask(HI);
    var job = web.claim();
    assertThat(job.kind()).isEqualTo("chat");
    assertThat(job.inputJson())
        .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    web.store.settle(job, Samples.success());
    get(asked);

    var result = web.get("/api/result/" + job.id()).expect(200);
    assertThat(result.member("result/content")).isEqualTo("Claro!");
    assertThat(web.get("/api/jobs/" + job.id()).member("kind")).isEqualTo("chat");
  }

  @Test
  void calls_of_tools_and_details_of_usage_are_told() throws Exception {
    var asked = ask(HI);
    var calls =
        "[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]";
    var usage = new Usage(20L, 9L, null, 5L, 3L);
    web.finish(new Settlement.Succeed(new JobResult(null, null, calls, "m", usage, "tool_calls")));

    var answer = get(asked).expect(200);
    assertThat(answer.json().at("/choices/0/message/content").isNull()).isTrue();
    assertThat(answer.member("choices/0/message/tool_calls/0/function/name")).isEqualTo("f");
    assertThat(answer.member("choices/0/finish_reason")).isEqualTo("tool_calls");
    assertThat(answer.member("usage/total_tokens")).isEqualTo("29");
    assertThat(answer.member("usage/prompt_tokens_details/cached_tokens")).isEqualTo("5");
    assertThat(answer.member("usage/completion_tokens_details/reasoning_tokens")).isEqualTo("3");
  }

  @Test
  void tokens_that_nobody_counted_are_not_made_up() throws Exception {
    var asked = ask(HI);
    web.finish(new Settlement.Succeed(new JobResult("x", null, null, "m", null, "eos_token")));

    var answer = get(asked).expect(200);
    assertThat(answer.json().has("usage")).isFalse();
    assertThat(answer.member("choices/0/finish_reason")).isEqualTo("stop");
  }

  @ParameterizedTest
  @CsvSource({
    "PROVIDER_AUTH, 502, server_error",
    "PROVIDER_CREDITS_EXHAUSTED, 502, server_error",
    "PROVIDER_RATE_LIMITED, 503, server_error",
    "PROVIDER_OVERLOADED, 503, server_error",
    "PROVIDER_TIMEOUT, 504, server_error",
    "CONTEXT_LENGTH_EXCEEDED, 400, invalid_request_error",
    "MODEL_NOT_FOUND, 404, invalid_request_error",
    "EMPTY_COMPLETION, 502, server_error",
    "WORKER_LOST, 500, server_error"
  })
  void a_failed_job_is_an_error_that_no_sdk_repeats(ErrorCode code, int status, String type)
      throws Exception {
    var asked = ask(HI);
    var job = web.claim();
    web.store.settle(job, new Settlement.Fail(JobError.ours(code, "why", true), null));

    var answer = get(asked).expect(status);
    expectError(answer, type, code.wireName());
    assertThat(answer.member("error/message")).isEqualTo("why");
    assertThat(answer.member("error/job_id")).isEqualTo(job.id().value());
    assertThat(answer.header("x-should-retry")).hasValue("false");
    assertThat(answer.header("Retry-After").isPresent()).isEqualTo(status == 503);
    assertThat(answer.header("X-Job-Id")).hasValue(job.id().value());
  }

  static void expectError(Answer answer, String type, String code) {
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.header("X-Request-Id")).isPresent();
    assertThat(answer.member("error/type")).isEqualTo(type);
    assertThat(answer.member("error/code")).isEqualTo(code);
    assertThat(answer.json().at("/error").has("param")).isTrue();
  }

  @Test
  void an_expired_and_a_canceled_job_are_errors_too() throws Exception {
    var expired = ask(HI);
    web.finish(Samples.expiry());
    expectError(get(expired).expect(504), "server_error", "deadline_exceeded");

    var canceled = ask(HI);
    var job = web.claim();
    web.post("/api/jobs/" + job.id() + "/cancel").expect(200);
    expectError(get(canceled).expect(410), "invalid_request_error", "job_canceled");
  }

  @Test
  void the_same_key_meets_the_same_job() throws Exception {
    var first = ask(HI, "Idempotency-Key", "k1");
    var second = clients.submit(() -> web.postJson(CHAT, HI, "Idempotency-Key", "k1"));
    web.finish(Samples.success());

    var answer = get(first).expect(200);
    assertThat(get(second).expect(200).text()).isEqualTo(answer.text());
    var later = web.postJson(CHAT, HI, "Idempotency-Key", "k1").expect(200);
    assertThat(later.text()).isEqualTo(answer.text());
    assertThat(later.header("Idempotency-Replayed")).hasValue("true");
    var other = web.postJson(CHAT, HI.replace("Hi", "Ho"), "Idempotency-Key", "k1").expect(422);
    expectError(other, "invalid_request_error", "idempotency_key_reused");
  }

  @Test
  void a_server_that_stops_says_where_the_answer_will_be() throws Exception {
    var withKey = ask(HI, "Idempotency-Key", "k1");
    var without = clients.submit(() -> web.postJson(CHAT, HI));
    web.awaitQueued(2);

    web.web.close();

    var told = get(withKey).expect(503);
    expectError(told, "server_error", "job_not_finished");
    assertThat(told.member("error/job_id")).isNotEmpty();
    assertThat(told.header("x-should-retry")).hasValue("true");
    assertThat(get(without).expect(503).header("x-should-retry")).hasValue("false");
  }

  @Test
  void a_key_to_an_openai_account_is_neither_needed_nor_minded() throws Exception {
    var asked = ask(HI, "Authorization", "Bearer sk-whatever");
    web.finish(Samples.success());
    get(asked).expect(200);
  }

  @Test
  void what_lies_beside_the_routes_has_the_same_envelope() {
    expectError(web.get("/v1/nothing").expect(404), "invalid_request_error", "not_found");
    expectError(web.get(CHAT).expect(405), "invalid_request_error", "method_not_allowed");
    var plain = web.send("POST", CHAT, RunningWeb.NOTHING, "Content-Type", "text/plain");
    expectError(plain.expect(415), "invalid_request_error", "unsupported_media_type");
    var huge = web.postJson(CHAT, " ".repeat(1_000_001)).expect(413);
    expectError(huge, "invalid_request_error", "payload_too_large");
    expectError(web.postJson(CHAT, "{").expect(400), "invalid_request_error", "invalid_json");
    assertThat(web.raw("GET /v1/%2e%2e/x HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 4");
  }

  @Test
  void the_model_of_those_who_name_none_is_listed() {
    var list = web.get("/v1/models").expect(200);
    assertThat(list.member("object")).isEqualTo("list");
    assertThat(list.member("data/0/id")).isEqualTo("some/model");
    var model = web.get("/v1/models/some/model").expect(200);
    assertThat(model.json()).isEqualTo(list.json().at("/data/0"));
    expectError(
        web.get("/v1/models/other").expect(404), "invalid_request_error", "model_not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"some/model", "some%2Fmodel", "some%2fmodel"})
  void a_model_is_found_however_the_slash_in_its_name_is_written(String name) {
    var model = web.get("/v1/models/" + name).expect(200);

    assertThat(model.member("id")).isEqualTo("some/model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "some%252Fmodel",
        "some%2F%2Fmodel",
        "some%2F..%2Fmodel",
        "some%2F%2e%2e%2Fmodel",
        "..%2F..%2Freadyz",
        "%2e%2e%2F%2e%2e%2F%2e%2e%2F%2e%2e%2Freadyz",
        "some%2F.%2Fmodel",
        "some%5Cmodel%2Fx",
        "some%2Fmodel;x=1",
        "%2Fsome%2Fmodel",
        "some%2F%00"
      })
  void no_other_path_is_opened_by_that(String name) {
    var answer =
        web.raw(
            "GET /v1/models/" + name + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
  }
}
