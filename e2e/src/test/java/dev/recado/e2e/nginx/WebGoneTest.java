package dev.recado.e2e.nginx;

import static dev.recado.e2e.nginx.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("nginx")
class WebGoneTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_web_that_is_gone_is_502_until_it_is_back_and_the_page_stays() {
    var web = harness.up(Map.of());
    var client = harness.own(Nginx.before(web.uri(), harness.folder())).client();

    web.kill();

    var answer = client.get("/api/");
    assertProblem(answer, 502, "service_unavailable");
    assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    assertThat(client.get("/").statusCode()).isEqualTo(200);

    harness.up(Map.of("RECADO_PORT", String.valueOf(web.uri().getPort())));
    assertThat(client.get("/api/").statusCode()).isEqualTo(200);
  }
}
