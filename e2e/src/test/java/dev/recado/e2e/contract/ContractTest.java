package dev.recado.e2e.contract;

import static dev.recado.e2e.ApiClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs that a real worker brings to each of their ends. */
@Tag("process")
class ContractTest {
  private static final Duration SOON = Duration.ofSeconds(15);

  @RegisterExtension final Harness harness = new Harness();
  private RecadoProcess program;
  private ApiClient api;

  @BeforeEach
  void start() {
    program = harness.up(Map.of("MODEL_URL", harness.model().url()));
    api = program.client();
  }

  private static String code(HttpResponse<String> answer) {
    return json(answer).get("code").asString();
  }

  @Test
  void a_text_becomes_an_answer() {
    var id = api.submit("Hi", "fake?text=Claro!");
    assertThat(api.awaitDone(id, SOON).get("status").asString()).isEqualTo("succeeded");
    var result = json(api.result(id));
    assertThat(result.at("/result/content").asString()).isEqualTo("Claro!");
    assertThat(result.at("/usage/total_tokens").isIntegralNumber()).isTrue();
    assertThat(result.at("/metrics/attempts").asInt()).isEqualTo(1);
    assertThat(result.at("/metrics/run_ms").isIntegralNumber()).isTrue();
  }

  @Test
  void a_refused_call_becomes_a_424_with_the_provider_s_code() {
    var id = api.submit("Hi", "fake?status=401");
    api.awaitDone(id, SOON);
    var answer = api.result(id);
    assertThat(answer.statusCode()).isEqualTo(424);
    assertThat(code(answer)).isEqualTo("provider_auth");
    assertThat(answer.headers().firstValue("x-should-retry")).hasValue("false");
    assertThat(api.job(id).at("/error/provider_status").asInt()).isEqualTo(401);
  }

  @Test
  void a_running_job_is_canceled_and_stays_so() {
    var id = api.submit("Hi", "fake?latency=60000");
    api.awaitStatus(id, "processing", SOON);
    assertThat(json(api.result(id)).get("state").asString()).isEqualTo("processing");
    assertThat(api.cancel(id).statusCode()).isEqualTo(200);
    var answer = api.result(id);
    assertThat(answer.statusCode()).isEqualTo(410);
    assertThat(code(answer)).isEqualTo("job_canceled");
  }

  @Test
  void a_job_that_takes_too_long_expires() {
    var id = api.submit(Map.of("text", "Hi", "model", "fake?stall=1", "deadline_seconds", 1));
    assertThat(api.awaitDone(id, SOON).get("status").asString()).isEqualTo("expired");
    assertThat(code(api.result(id))).isEqualTo("job_expired");
  }

  @Test
  void a_retried_job_is_a_new_one_with_the_same_question() {
    var first = api.submit("Hi", "fake?text=Claro!");
    api.awaitDone(first, SOON);
    var second = json(api.post("/api/jobs/" + first + "/retry", Map.of())).get("job_id").asString();
    api.awaitDone(second, SOON);
    assertThat(api.content(second)).isEqualTo("Claro!");
    assertThat(api.job(second).get("retry_of").asString()).isEqualTo(first);
  }

  @Test
  void the_page_is_in_the_jar() {
    var page = api.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .get()
        .asString()
        .startsWith("default-src 'none'; script-src 'self'");
    assertThat(page.body()).contains("app.js");
    assertThat(api.get("/app.js").statusCode()).isEqualTo(200);
    assertThat(api.get("/api/").body()).isEqualTo("Hello, World!");
  }

  @Test
  void the_queue_names_the_worker() {
    await()
        .atMost(SOON)
        .until(() -> json(api.get("/api/queue")).get("workers").size(), workers -> workers == 1);
  }

  @Test
  void a_stop_ends_in_exit_code_0_and_what_was_accepted_is_still_there() {
    var id = api.submit("Hi", "fake?text=Claro!");
    api.awaitDone(id, SOON);
    assertThat(program.stop()).isZero();
    api = harness.up(Map.of()).client();
    assertThat(api.content(id)).isEqualTo("Claro!");
  }
}
