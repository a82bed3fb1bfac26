package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/predict}. */
class SubmitTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  void a_text_is_accepted_with_202_and_everything_needed_to_follow_it() {
    var answer =
        web.postJson("/api/predict", "{\"text\":\"Olá, você pode me ajudar?\"}").expect(202);

    var id = answer.member("job_id");
    assertThat(JobId.parse(id)).isPresent();
    assertThat(answer.header("Content-Type")).hasValue("application/json");
    assertThat(answer.header("Location")).hasValue("/api/result/" + id);
    assertThat(answer.header("Retry-After")).hasValue("1");
    assertThat(answer.header("Cache-Control")).hasValue("no-store");
    assertThat(answer.member("status")).isEqualTo("queued");
    assertThat(answer.json().get("done").booleanValue()).isFalse();
    assertThat(answer.json().get("queue_position").intValue()).isEqualTo(1);
    assertThat(answer.member("created_at")).isEqualTo("2026-11-21T12:00:00.000Z");
    assertThat(answer.member("deadline")).isEqualTo("2026-11-21T12:10:00.000Z");
    assertThat(answer.member("urls/job")).isEqualTo("/api/jobs/" + id);
    assertThat(answer.member("urls/result")).isEqualTo("/api/result/" + id);
    assertThat(answer.member("urls/cancel")).isEqualTo("/api/jobs/" + id + "/cancel");
    assertThat(answer.member("urls/events")).isEqualTo("/api/jobs/" + id + "/events");
  }

  @Test
  void the_job_is_there_as_soon_as_the_202_is() {
    var id = web.submit("first");
    web.get("/api/result/" + id).expect(202);
    web.get("/api/jobs/" + id).expect(200);
  }

  @Test
  void the_queue_position_counts_those_ahead() {
    web.submit("first");
    var second = web.postJson("/api/predict", "{\"text\":\"second\"}");
    assertThat(second.json().get("queue_position").intValue()).isEqualTo(2);
  }

  @Test
  void the_doorbell_rings_for_it() throws InterruptedException {
    web.submit("first");
    assertThat(web.doorbell.await(Duration.ZERO).count()).isEqualTo(1);
  }

  @Test
  void the_worker_gets_the_members_that_were_sent_and_no_others() {
    web.postJson(
            "/api/predict",
            """
            {"text":"Hi","model":"meta-llama/Llama-3.1-8B-Instruct:fastest","system":"Be brief.",
             "max_tokens":256,"temperature":0.2,"deadline_seconds":600,"metadata":{"ticket":"42"}}
            """)
        .expect(202);
    web.submit("bare");

    var full = web.claim();
    assertThat(full.kind()).isEqualTo("generate");
    assertThat(full.tenant()).isEqualTo(Tenant.DEFAULT);
    assertThat(full.model()).isEqualTo("meta-llama/Llama-3.1-8B-Instruct:fastest");
    assertThat(full.inputJson())
        .isEqualTo(
            "{\"text\":\"Hi\",\"system\":\"Be brief.\",\"max_tokens\":256,\"temperature\":0.2}");
    var bare = web.claim();
    assertThat(bare.model()).isNull();
    assertThat(bare.inputJson()).isEqualTo("{\"text\":\"bare\"}");
  }

  @Test
  void the_deadline_can_be_chosen() {
    var answer = web.postJson("/api/predict", "{\"text\":\"Hi\",\"deadline_seconds\":90}");
    assertThat(answer.member("deadline")).isEqualTo("2026-11-21T12:01:30.000Z");
  }

  @Test
  void null_members_count_as_absent() {
    web.postJson(
            "/api/predict",
            """
            {"text":"Hi","model":null,"system":null,"max_tokens":null,"temperature":null,
             "deadline_seconds":null,"metadata":null}
            """)
        .expect(202);
    assertThat(web.claim().inputJson()).isEqualTo("{\"text\":\"Hi\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Olá, você pode me ajudar?",
        "日本語 \uD83D\uDE00 \u202E",
        "<script>alert(1)</script>",
        "line\nbreak\tand \\ \" quotes",
        "\u0001\u001B[31m\u007F",
        "\uFFFD"
      })
  void a_text_comes_back_as_it_was_sent(String text) {
    var body = web.jsonObject(json -> json.writeStringProperty("text", text));
    var id = web.postJson("/api/predict", body).expect(202).member("job_id");
    assertThat(web.get("/api/jobs/" + id).member("input/text")).isEqualTo(text);
  }

  @Test
  void the_first_system_s_path_is_an_alias() {
    var answer = web.postJson("/predict", "{\"text\":\"Hi\"}").expect(202);
    var id = answer.member("job_id");
    assertThat(answer.header("Location")).hasValue("/api/result/" + id);
    assertThat(web.get("/result/" + id).expect(202).text())
        .isEqualTo(web.get("/api/result/" + id).text());
  }

  @Test
  void nothing_is_accepted_while_the_store_is_away() {
    web.store.close();
    var answer = web.postJson("/api/predict", "{\"text\":\"Hi\"}");
    answer.expectProblem(503, "store_unavailable");
    assertThat(answer.header("Retry-After")).hasValue("1");
  }
}
