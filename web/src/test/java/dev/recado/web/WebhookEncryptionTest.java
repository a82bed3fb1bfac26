package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.config.Secret;
import dev.recado.config.WebhookSettings;
import dev.recado.job.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Webhooks over TLS. What is trusted is what the JVM was told to trust, as in production. */
class WebhookEncryptionTest {
  private static final Secret SECRET = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "not-a-secret";
  private static final HeldCertificate AUTHORITY = authority("trusted authority");

  @TempDir private static Path folder = Path.of("");

  @RegisterExtension
  final RunningWeb web = new RunningWeb(new WebhookSettings(List.of(SECRET), true));

  private final MockWebServer receiver = new MockWebServer();

  private static HeldCertificate authority(String name) {
    return new HeldCertificate.Builder().certificateAuthority(0).commonName(name).build();
  }

  /** Before web is there, as in production. */
  @BeforeAll
  static void trust_one_authority() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", AUTHORITY.certificate());
    var file = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    System.setProperty(TRUST_STORE, file.toString());
    System.setProperty(TRUST_STORE + "Password", PASSWORD);
  }

  @AfterAll
  static void trust_as_usual() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_STORE + "Password");
  }

  @AfterEach
  void stop() {
    receiver.close();
  }

  private static HeldCertificate.Builder certificateFor(String name) {
    return new HeldCertificate.Builder().addSubjectAlternativeName(name);
  }

  private void serve(HeldCertificate certificate, HeldCertificate authority) throws IOException {
    var certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate, authority.certificate())
            .build();
    receiver.useHttps(certificates.sslSocketFactory());
    receiver.start();
    receiver.enqueue(new MockResponse.Builder().code(204).build());
  }

  /** A job that has ended, and wants this receiver to know. */
  private JobId ended() {
    var body =
        web.jsonObject(json -> {
          json.writeStringProperty("text", "Hi");
          json.writeStringProperty("webhook", "https://127.0.0.1:" + receiver.getPort() + "/hook");
        });
    var id = new JobId(web.postJson("/api/predict", body).expect(202).member("job_id"));
    web.finish(Samples.success());
    return id;
  }

  private JsonNode awaitAttempt(JobId id, int attempts) {
    return await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> web.get("/api/jobs/" + id + "/deliveries").expect(200).json().at("/data/0"),
            delivery ->
                delivery.path("attempts").asInt() == attempts
                    && delivery.path("last_attempt").isObject());
  }

  @Test
  void a_receiver_that_is_trusted_is_told_over_tls() throws Exception {
    serve(certificateFor("127.0.0.1").signedBy(AUTHORITY).build(), AUTHORITY);

    var id = ended();

    var call = Objects.requireNonNull(receiver.takeRequest(10, TimeUnit.SECONDS));
    assertThat(Objects.requireNonNull(call.getHandshake()).tlsVersion().javaName())
        .isEqualTo("TLSv1.3");
    assertThat(awaitAttempt(id, 1).get("status").asString()).isEqualTo("delivered");
  }

  @Test
  void one_that_nobody_vouches_for_is_told_nothing_and_tried_again() throws Exception {
    var stranger = authority("somebody");
    serve(certificateFor("127.0.0.1").signedBy(stranger).build(), stranger);

    isNotTold("has a certificate that is not trusted");
  }

  @Test
  void one_that_goes_by_another_name_is_told_nothing_and_tried_again() throws Exception {
    serve(certificateFor("other.example").signedBy(AUTHORITY).build(), AUTHORITY);

    isNotTold("has a certificate for another name");
  }

  @Test
  void one_whose_certificate_has_expired_is_told_nothing_and_tried_again() throws Exception {
    var end = Instant.now().minus(Duration.ofDays(1));
    serve(
        certificateFor("127.0.0.1")
            .validityInterval(end.minus(Duration.ofDays(9)).toEpochMilli(), end.toEpochMilli())
            .signedBy(AUTHORITY)
            .build(),
        AUTHORITY);

    isNotTold("has a certificate that has expired or is not valid yet");
  }

  private void isNotTold(String why) {
    var id = ended();

    var delivery = awaitAttempt(id, 1);
    assertThat(delivery.get("status").asString()).isEqualTo("pending");
    assertThat(delivery.at("/last_attempt/error").asString()).isEqualTo(why);
    assertThat(delivery.at("/last_attempt/status").isNull()).isTrue();
    assertThat(delivery.get("next_attempt_at").isNull()).isFalse();
    web.clock.advance(Duration.ofMinutes(1));
    awaitAttempt(id, 2);
    assertThat(receiver.getRequestCount()).isZero();
  }
}
