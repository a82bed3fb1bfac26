package dev.recado.e2e.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The official SDK for Node as it comes: only its base URL is another. */
@Tag("process")
@Timeout(240)
class NodeSdkTest {
  static final String VERSION = "6.49.0";

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_program_finds_all_it_is_used_to() {
    var node = NodeProgram.with("openai", VERSION);
    var model = harness.model();
    var up = harness.up(Map.of("MODEL_URL", model.url(), "MODEL_NAME", "lab/fake"));

    var told =
        JsonMapper.shared()
            .readTree(node.run(NodeProgram.resource("/openai/journey.mjs"), up.uri() + "/v1"));

    assertThat(told.get("content").asString()).isEqualTo("Claro!");
    assertThat(told.get("finish").asString()).isEqualTo("stop");
    assertThat(told.get("total").asInt()).isPositive();
    assertThat(told.get("id").asString()).isEqualTo("chatcmpl-" + told.get("job").asString());
    assertThat(up.client().content(told.get("job").asString())).isEqualTo("Claro!");
    assertThat(told.get("streamed").asString()).startsWith("w0 w1 ").endsWith(" w19");
    assertThat(told.get("chunks").asInt()).isGreaterThan(5);
    assertThat(told.get("tokens").asInt()).isEqualTo(20);
    assertThat(told.get("models").toString()).isEqualTo("[\"lab/fake\"]");
    assertThat(told.get("model").asString()).isEqualTo("lab/fake");
    expectError(told.get("bad"), "BadRequestError", "provider_bad_request");
    expectError(told.get("locked"), "InternalServerError", "provider_auth");
    expectError(told.get("unknown"), "BadRequestError", "invalid_field");
    expectError(told.get("broken"), "APIError", "provider_bad_request");
    assertThat(model.calls("bad")).as("an SDK repeats no job").isEqualTo(1);
    assertThat(model.calls("locked")).isEqualTo(1);
  }

  private static void expectError(JsonNode error, String name, String code) {
    assertThat(error.get("name").asString()).isEqualTo(name);
    assertThat(error.get("code").asString()).isEqualTo(code);
  }
}
