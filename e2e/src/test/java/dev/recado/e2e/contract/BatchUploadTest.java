package dev.recado.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Batches;
import dev.recado.e2e.Harness;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Batches that a running server does not take. */
@Tag("process")
class BatchUploadTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void one_bad_line_among_fifty_thousand_is_named_and_nothing_is_accepted() {
    var model = harness.model();
    var api = harness.up(Map.of("MODEL_URL", model.url())).client();
    var lines = Batches.lines(50_000, "fake").replace("\"text 31336\"", "\" \"");

    var answer = new Batches(api).send(lines);

    assertThat(answer.statusCode()).isEqualTo(400);
    var problem = ApiClient.json(answer);
    assertThat(problem.get("code").asString()).isEqualTo("invalid_field");
    assertThat(problem.get("invalid_fields").size()).isEqualTo(1);
    assertThat(problem.at("/invalid_fields/0/field").asString()).isEqualTo("line 31337: text");
    assertThat(problem.get("error").asString()).startsWith("line 31337: text must be there");
    assertThat(ApiClient.json(api.get("/api/batches")).get("data")).isEmpty();
    assertThat(ApiClient.json(api.get("/api/jobs")).get("data")).isEmpty();
    assertThat(ApiClient.json(api.get("/api/queue")).get("queued").asInt()).isZero();
    assertThat(model.calls()).isZero();
  }
}
