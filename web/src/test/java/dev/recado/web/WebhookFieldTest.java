package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.Tenant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URL that is called when a job has ended. */
class WebhookFieldTest {
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

  @RegisterExtension
  final RunningWeb web = new RunningWeb(new WebhookSettings(List.of(SECRET), false));

  private Answer submit(String webhook, String... headers) {
    var body =
        web.jsonObject(json -> {
          json.writeStringProperty("text", "Hi");
          json.writeStringProperty("webhook", webhook);
        });
    return web.postJson("/api/predict", body, headers);
  }

  private Job job(Answer answer) {
    var id = new JobId(answer.expect(202).member("job_id"));
    return web.store.find(Tenant.DEFAULT, id).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/hook?a=b,      https://example.org/hook?a=b",
    "HTTPS://Example.ORG,               https://example.org/",
    "https://example.org:8443/Hook/%20, https://example.org:8443/Hook/%20",
    "https://[2606:4700::1111]/,        https://[2606:4700::1111]/",
    "https://xn--e1afmkfd.example/a,    https://xn--e1afmkfd.example/a"
  })
  void a_good_one_is_kept_in_one_spelling(String given, String kept) {
    assertThat(job(submit(given)).webhook()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://example.org/          | must be an https URL
          ftp://example.org/           | must be an https URL
          //example.org/               | must be an https URL
          example.org                  | must be an https URL
          https:///hook                | must be an https URL
          https:example.org            | must be an https URL
          https://exa_mple.org:99999/  | must be an https URL
          https://example.org:0/       | must be an https URL
          https://пример.example/      | must be an https URL
          https://exam ple.org/        | must be a URL
          https://example.org\\@a/     | must be a URL
          https://user:pw@example.org/ | must hold no user
          https://127.0.0.1@8.8.8.8/   | must hold no user
          https://example.org/#there   | must hold no #
          https://127.0.0.1/           | private address
          https://localhost:9000/      | private address
          https://2130706433/          | private address
          https://0x7f.1/              | must be an https URL
          https://[::ffff:7f00:1]/     | private address
          https://169.254.169.254/a    | private address
          """)
  void a_bad_one_is_refused_in_words(String url, String words) {
    var answer = submit(url).expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo("webhook");
    assertThat(answer.member("invalid_fields/0/description")).contains(words);
  }

  @Test
  void one_of_more_than_2000_characters_is_too_long() {
    submit("https://example.org/" + "a".repeat(1_980)).expect(202);
    var answer =
        submit("https://example.org/" + "a".repeat(1_981)).expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/type")).isEqualTo("out_of_range");
  }

  @Test
  void the_same_key_with_another_webhook_is_another_wish() {
    submit("https://example.org/a", "Idempotency-Key", "k").expect(202);
    submit("https://EXAMPLE.org/a", "Idempotency-Key", "k").expect(202);
    submit("https://example.org/b", "Idempotency-Key", "k")
        .expectProblem(422, "idempotency_key_reused");
  }

  @Test
  void a_retry_takes_the_webhook_along() {
    var old = job(submit("https://example.org/a")).id();
    web.finish(Samples.failure());
    assertThat(job(web.post("/api/jobs/" + old + "/retry")).webhook())
        .isEqualTo("https://example.org/a");
  }

  @Test
  void erasing_a_job_erases_its_webhook() {
    var id = job(submit("https://example.org/a")).id();
    web.finish(Samples.success());
    web.delete("/api/jobs/" + id).expect(204);
    assertThat(web.store.find(Tenant.DEFAULT, id).orElseThrow().webhook()).isNull();
  }
}
