package dev.recado.e2e.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import java.net.http.HttpResponse;
import java.util.List;

/** What a refusal has to look like, whoever makes it. */
final class Problems {
  private Problems() {}

  static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    var problem = ApiClient.json(answer);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("code").asString()).isEqualTo(code);
    assertThat(problem.get("error").asString()).isNotBlank();
    assertThat(List.of(problem.get("request_id").asString()))
        .isEqualTo(answer.headers().allValues("X-Request-Id"));
  }
}
