package dev.recado.e2e.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("nginx")
class ForwardedSchemeTest {
  private static final String TOKEN = "a-token-of-an-operator-1";

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void behind_a_front_that_ends_tls_the_operator_s_cookie_is_for_https_alone() {
    var web = harness.up(Map.of("RECADO_ADMIN_TOKEN", TOKEN));
    var nginx = harness.own(Nginx.before(web.uri(), harness.folder()));

    assertThat(logIn(nginx, "X-Forwarded-Proto: https")).contains("SameSite=Strict", "; Secure");
    assertThat(logIn(nginx, "X-Forwarded-Proto: HTTPS")).contains("; Secure");
    for (var plain : new String[] {"X-Forwarded-Proto: http", "X-Forwarded-Proto: ftp", "A: b"}) {
      assertThat(logIn(nginx, plain)).contains("SameSite=Strict").doesNotContain("Secure");
    }
  }

  private static String logIn(Nginx nginx, String header) {
    var body = "{\"token\":\"" + TOKEN + "\"}";
    var request =
        """
        POST /api/console/login HTTP/1.1
        Host: localhost
        Content-Type: application/json
        Content-Length: %d
        Connection: close
        %s

        %s\
        """
            .formatted(body.length(), header, body)
            .replace("\n", "\r\n");
    return new RawHttp(nginx.uri()).send(request);
  }
}
