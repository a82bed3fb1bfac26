package dev.recado.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.http.Handler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What is answered when the JVM itself cannot go on with a request. */
class FatalTest {
  private static final Handler NO_STACK_LEFT =
      _ -> {
        throw new StackOverflowError("canary");
      };

  private static final Handler NO_MEMORY_LATER =
      context ->
          context.future(() -> CompletableFuture.failedFuture(new OutOfMemoryError("canary")));

  private final HttpClient client = HttpClient.newHttpClient();
  private final Javalin server =
      Javalin.create(config -> {
        config.router.javaLangErrorHandler(ProblemMapper::fatal);
        new ProblemMapper().install(config.routes);
        config.routes.get("/v1/stack", NO_STACK_LEFT);
        config.routes.get("/v1/memory", NO_MEMORY_LATER);
        config.routes.get("/api/stack", NO_STACK_LEFT);
      });

  @BeforeEach
  void start() {
    server.start(0);
  }

  @AfterEach
  void stop() {
    server.stop();
    client.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + server.port() + path);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/stack", "/v1/memory", "/v1/stack?a=/api/"})
  void under_v1_an_error_of_the_jvm_has_the_envelope_of_openai(String path) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    var error = JsonMapper.shared().readTree(answer.body()).get("error");
    assertThat(error.get("code").asString()).isEqualTo("internal_error");
    assertThat(error.get("type").asString()).isEqualTo("server_error");
    assertThat(answer.body()).doesNotContain("canary");
  }

  @Test
  void elsewhere_it_is_a_problem_document() throws Exception {
    var answer = get("/api/stack");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JsonMapper.shared().readTree(answer.body()).get("code").asString())
        .isEqualTo("internal_error");
    assertThat(answer.body()).doesNotContain("canary");
  }
}
