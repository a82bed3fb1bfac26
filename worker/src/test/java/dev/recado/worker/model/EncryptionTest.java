package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.worker.model.ModelAnswer.Completed;
import dev.recado.worker.model.ModelAnswer.Refused;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import okhttp3.Protocol;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real handshakes. What is trusted is what the JVM was told to trust, as in production. */
class EncryptionTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "not-a-secret";
  private static final String STREAM =
      """
      data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"Ol"}}]}

      data: {"choices":[{"index":0,"delta":{"content":"á"},"finish_reason":"stop"}]}

      data: [DONE]

      """;

  @TempDir private Path folder = Path.of("");

  private final HeldCertificate authority =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("test authority").build();
  private final MockWebServer server = new MockWebServer();

  @AfterEach
  void stop_and_trust_as_usual() {
    server.close();
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_STORE + "Password");
  }

  @Test
  void a_trusted_server_is_asked_over_http_2_and_its_stream_is_read() throws Exception {
    trustTheAuthority();
    serve(certificateFor("127.0.0.1").build());
    server.enqueue(FakeProvider.stream(STREAM).build());

    var answer = ask();

    assertThat(answer).isInstanceOf(Completed.class);
    assertThat(((Completed) answer).result().content()).isEqualTo("Olá");
    var request = server.takeRequest();
    assertThat(request.getVersion()).isEqualTo("HTTP/2");
    assertThat(Objects.requireNonNull(request.getHandshake()).tlsVersion().javaName())
        .isEqualTo("TLSv1.3");
  }

  @Test
  void a_server_without_http_2_is_asked_over_http_1() throws Exception {
    trustTheAuthority();
    server.setProtocols(List.of(Protocol.HTTP_1_1));
    serve(certificateFor("127.0.0.1").build());
    server.enqueue(FakeProvider.stream(STREAM).build());

    assertThat(ask()).isInstanceOf(Completed.class);
    assertThat(server.takeRequest().getVersion()).isEqualTo("HTTP/1.1");
  }

  @Test
  void a_stream_that_http_2_resets_is_a_truncated_answer() throws Exception {
    trustTheAuthority();
    serve(certificateFor("127.0.0.1").build());
    server.enqueue(
        FakeProvider.stream("data: {\"choices\":[{\"delta\":{\"content\":\"Ol\"}}]}\n\n")
            .onResponseEnd(new SocketEffect.CloseStream())
            .build());

    var refused = (Refused) ask();

    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_TIMEOUT);
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void a_certificate_of_an_unknown_authority_is_refused_and_named() throws IOException {
    serve(certificateFor("127.0.0.1").build());

    isRefusedFor("has a certificate that is not trusted");
  }

  @Test
  void a_certificate_for_another_name_is_refused_and_named() throws Exception {
    trustTheAuthority();
    serve(certificateFor("other.example").build());

    isRefusedFor("has a certificate for another name");
  }

  @ParameterizedTest
  @ValueSource(longs = {-2, 2})
  void a_certificate_out_of_its_time_is_refused_and_named(long daysAway) throws Exception {
    trustTheAuthority();
    var middle = Instant.now().plus(Duration.ofDays(daysAway));
    serve(
        certificateFor("127.0.0.1")
            .validityInterval(
                middle.minus(Duration.ofDays(1)).toEpochMilli(),
                middle.plus(Duration.ofDays(1)).toEpochMilli())
            .build());

    isRefusedFor(
        daysAway < 0
            ? "has a certificate that has expired"
            : "has a certificate that is not valid yet: check this machine's clock");
  }

  /** Nothing was sent, and only an operator can help: neither a retry nor a wait does. */
  private void isRefusedFor(String why) {
    server.enqueue(FakeProvider.response(200, "").build());

    var refused = (Refused) ask();

    assertThat(refused.error().message()).startsWith("127.0.0.1:" + server.getPort() + " " + why);
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_BAD_RESPONSE);
    assertThat(refused.remedy()).isEqualTo(Remedy.NONE);
    assertThat(server.getRequestCount()).isZero();
  }

  private ModelAnswer ask() {
    var url = "https://127.0.0.1:" + server.getPort();
    try (var client = new OpenAiCompatibleClient(ModelServer.at(url, null, "m", 1))) {
      return client.call(FakeProvider.request(Duration.ofSeconds(60))).await(TextListener.DEAF);
    }
  }

  private HeldCertificate.Builder certificateFor(String name) {
    return new HeldCertificate.Builder().addSubjectAlternativeName(name).signedBy(authority);
  }

  private void serve(HeldCertificate certificate) throws IOException {
    var certificates =
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate, authority.certificate())
            .build();
    server.useHttps(certificates.sslSocketFactory());
    server.start();
  }

  private void trustTheAuthority() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority.certificate());
    var file = folder.resolve("trust.p12");
    try (var out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
    System.setProperty(TRUST_STORE, file.toString());
    System.setProperty(TRUST_STORE + "Password", PASSWORD);
  }
}
