package dev.recado.web.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.recado.config.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignerTest {
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Secret ANOTHER = new Secret("whsec_" + "Q".repeat(44));
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  private final Signer signer = new Signer(List.of(SECRET));

  @Test
  void the_published_example_has_the_published_signature() {
    assertThat(signer.sign(ID, AT, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void the_official_library_signs_alike_and_believes_us() throws Exception {
    var official = new Webhook(SECRET.reveal());
    var body = "{\"olá\":\"você\"}";
    var now = Instant.now();

    var ours = signer.sign(ID, now, body.getBytes(UTF_8));

    assertThat(ours).isEqualTo(official.sign(ID, now.getEpochSecond(), body));
    official.verify(body, headers(now, ours));
    assertThatThrownBy(() -> official.verify(body + " ", headers(now, ours)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void while_one_secret_replaces_another_receivers_with_either_believe_us() throws Exception {
    var now = Instant.now();
    var both = new Signer(List.of(ANOTHER, SECRET)).sign(ID, now, BODY);

    assertThat(both.split(" ")).hasSize(2).allMatch(part -> part.startsWith("v1,"));
    for (var secret : List.of(SECRET, ANOTHER)) {
      new Webhook(secret.reveal()).verify(new String(BODY, UTF_8), headers(now, both));
    }
  }

  @Test
  void a_signature_is_ours_only_with_its_id_time_and_body() {
    assertThat(signer.isSigned("v1,AAAA v2,x " + SIGNATURE, ID, AT, BODY)).isTrue();
    assertThat(signer.isSigned(SIGNATURE, ID + "x", AT, BODY)).isFalse();
    assertThat(signer.isSigned(SIGNATURE, ID, AT.plusSeconds(1), BODY)).isFalse();
    assertThat(signer.isSigned(SIGNATURE, ID, AT, new byte[0])).isFalse();
    assertThat(new Signer(List.of(ANOTHER)).isSigned(SIGNATURE, ID, AT, BODY)).isFalse();
  }

  private static Map<String, List<String>> headers(Instant at, String signature) {
    return Map.of(
        "webhook-id", List.of(ID),
        "webhook-timestamp", List.of(String.valueOf(at.getEpochSecond())),
        "webhook-signature", List.of(signature));
  }
}
