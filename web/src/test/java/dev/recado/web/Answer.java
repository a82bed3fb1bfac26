package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the server answered. */
record Answer(HttpResponse<String> response) {
  private static final JsonMapper MAPPER = new JsonMapper();

  int status() {
    return response.statusCode();
  }

  String text() {
    return response.body();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  JsonNode json() {
    return MAPPER.readTree(response.body());
  }

  /** A member of the document as text; a path goes down with slashes. */
  String member(String path) {
    return json().at("/" + path).asString();
  }

  Answer expect(int status) {
    assertThat(status()).as(text()).isEqualTo(status);
    return this;
  }

  /** Holds it to everything that is promised of each problem. */
  Answer expectProblem(int status, String code) {
    expect(status);
    assertThat(header("Content-Type")).hasValue("application/problem+json");
    assertThat(header("Cache-Control")).hasValue("no-store");
    assertThat(member("type")).isEqualTo("about:blank");
    assertThat(json().get("status").intValue()).isEqualTo(status);
    assertThat(member("title")).isNotEmpty();
    assertThat(member("code")).isEqualTo(code);
    assertThat(member("error")).isNotEmpty().isEqualTo(member("detail"));
    assertThat(header("X-Request-Id")).hasValue(member("request_id"));
    return this;
  }
}
