package dev.recado.worker.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.worker.model.ModelAnswer.Completed;
import dev.recado.worker.model.ModelAnswer.Refused;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLHandshakeException;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NetworkFailureTest {
  private static final String BEGUN = "data: {\"choices\":[{\"delta\":{\"content\":\"He\"}}]}\n\n";

  private static final String SILENT = "said nothing for as long as RECADO_MODEL_SILENCE allows";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private static Refused askAt(String url) {
    return askAt(ModelServer.at(url, null, "m", 1));
  }

  private static Refused askAt(ModelServer server) {
    try (var client = new OpenAiCompatibleClient(server)) {
      return (Refused)
          client.call(FakeProvider.request(Duration.ofSeconds(10))).await(TextListener.DEAF);
    }
  }

  private static void isRetryable(Refused refused, ErrorCode code) {
    assertThat(refused.error().code()).isEqualTo(code);
    assertThat(refused.error().retryable()).isTrue();
    assertThat(refused.error().source()).isEqualTo(JobError.Source.PROVIDER);
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void a_refused_connection() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    var refused = askAt("http://127.0.0.1:" + port);

    isRetryable(refused, ErrorCode.PROVIDER_OVERLOADED);
    assertThat(refused.error().providerStatus()).isNull();
    assertThat(refused.error().message())
        .isEqualTo("127.0.0.1:" + port + " refused the connection");
  }

  @Test
  void a_host_that_does_not_exist() {
    var refused = askAt("http://no-such-host.invalid/v1");

    isRetryable(refused, ErrorCode.PROVIDER_OVERLOADED);
    assertThat(refused.error().message()).startsWith("no-such-host.invalid was not found");
  }

  @Test
  void a_name_service_that_hangs_is_not_waited_for() {
    var hanging = new CountDownLatch(1);

    var answer =
        provider.askByName(name -> {
          awaitUninterruptibly(hanging);
          return List.of();
        });

    hanging.countDown();
    isRetryable((Refused) answer, ErrorCode.PROVIDER_OVERLOADED);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // Native lookups do not listen to interrupts either.
      }
    }
  }

  @Test
  void a_dead_address_does_not_matter_while_the_name_has_another() throws IOException {
    provider.answersJson("{\"choices\":[{\"message\":{\"content\":\"x\"}}]}");
    var dead = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    var alive = InetAddress.getLoopbackAddress();

    assertThat(provider.askByName(name -> List.of(dead, alive))).isInstanceOf(Completed.class);
    assertThat(provider.calls()).isEqualTo(1);
  }

  @Test
  void encryption_that_the_server_does_not_speak() throws IOException {
    try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> sayBadRequest(plain));

      isRetryable(
          askAt("https://127.0.0.1:" + plain.getLocalPort()), ErrorCode.PROVIDER_OVERLOADED);
    }
  }

  private static void sayBadRequest(ServerSocket plain) {
    try (var client = plain.accept()) {
      client.getInputStream().read();
      client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The system takes the connection, and then nobody sets up the encryption. */
  @Test
  void a_server_that_is_not_ready_in_time_to_be_asked() throws IOException {
    var patience = FakeProvider.PATIENCE;
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var url = "https://127.0.0.1:" + silent.getLocalPort();

      var refused =
          askAt(new ModelServer(Endpoint.at(url), null, "m", 1, patience, AnswerLimits.USUAL));

      isRetryable(refused, ErrorCode.PROVIDER_OVERLOADED);
      assertThat(refused.error().message()).endsWith("did not answer in time");
    }
  }

  @Test
  void a_certificate_that_is_not_trusted_is_final() {
    var failures = new NetworkFailures(Deadline.in(Duration.ofSeconds(1)));
    var failure = new SSLHandshakeException("no path");
    failure.initCause(new CertificateException("no path"));

    assertThat(failures.before(failure, new Line(System::nanoTime))).isEqualTo(Refusal.UNTRUSTED);
    assertThat(NetworkFailures.words(failure)).contains("certificate");
  }

  @Test
  void something_that_is_not_http() throws IOException {
    try (var server = new RawServer("SSH-2.0-OpenSSH_9.2\r\n\r\n")) {
      var refused = askAt(server.url());

      assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_BAD_RESPONSE);
      assertThat(refused.error().message())
          .endsWith(" sent something that is not HTTP: check MODEL_URL");
      assertThat(refused.remedy()).isEqualTo(Remedy.RETRY_ONCE);
    }
  }

  @Test
  void a_server_that_says_nothing() {
    provider.answers(
        FakeProvider.response(200, "").onResponseStart(SocketEffect.Stall.INSTANCE).build());

    var refused = provider.askAndBeRefused();

    isRetryable(refused, ErrorCode.PROVIDER_TIMEOUT);
    assertThat(refused.error().message()).endsWith(SILENT);
  }

  @Test
  void a_connection_that_does_not_open_is_no_silence() {
    var failure = new SocketTimeoutException("Connect timed out");

    assertThat(NetworkFailures.wordsBefore(failure, new Line(System::nanoTime)))
        .isEqualTo("did not answer in time");
  }

  @Test
  void a_server_that_says_nothing_is_waited_for_once() throws IOException {
    var silence = Duration.ofMillis(1500);
    var patience = new ModelServer.Patience(silence, silence, silence);
    try (var server = new RawServer("");
        var client =
            new OpenAiCompatibleClient(
                new ModelServer(
                    Endpoint.at(server.url()), null, "m", 1, patience, AnswerLimits.USUAL))) {
      var call = client.call(FakeProvider.request(Duration.ofSeconds(20)));
      var begin = System.nanoTime();

      assertThat(call.await(TextListener.DEAF)).isInstanceOf(ModelAnswer.Refused.class);

      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(silence, silence.multipliedBy(2));
    }
  }

  @Test
  void a_server_that_falls_silent() {
    provider.answers(
        FakeProvider.stream(BEGUN)
            .setHeader("Content-Length", 10_000)
            .onResponseEnd(SocketEffect.Stall.INSTANCE)
            .build());

    var refused = provider.askAndBeRefused();

    isRetryable(refused, ErrorCode.PROVIDER_TIMEOUT);
    assertThat(refused.error().message()).endsWith("answered 200 and then " + SILENT);
    assertThat(refused.partial()).isNotNull();
    assertThat(refused.partial().content()).isEqualTo("He");
  }

  private static final String WHOLE =
      "{\"choices\":[{\"message\":{\"content\":\"%s\"}}]}".formatted("0123456789".repeat(9));

  private static Buffer zipped(String text) throws IOException {
    var bytes = new Buffer();
    try (var zip = new GZIPOutputStream(bytes.outputStream())) {
      zip.write(text.getBytes(UTF_8));
    }
    return bytes;
  }

  private Refused askForZipped(Buffer body) {
    provider.answers(
        FakeProvider.response(200, "").body(body).addHeader("Content-Encoding", "gzip").build());
    return provider.askAndBeRefused();
  }

  private static void cannotBeUnpacked(Refused refused) {
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_BAD_RESPONSE);
    assertThat(refused.error().message())
        .endsWith("answered 200 and then sent a body that cannot be decompressed");
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY_ONCE);
  }

  @Test
  void a_body_that_says_it_is_zipped_and_is_not() {
    cannotBeUnpacked(askForZipped(new Buffer().writeUtf8(WHOLE)));
  }

  @Test
  void a_zipped_body_that_is_damaged_in_the_middle() throws IOException {
    var bytes = zipped(BEGUN + WHOLE).readByteArray();
    Arrays.fill(bytes, 20, 30, (byte) 0xff);

    cannotBeUnpacked(askForZipped(new Buffer().write(bytes)));
  }

  @Test
  void a_zipped_body_whose_sum_is_wrong() throws IOException {
    var bytes = zipped(BEGUN).readByteArray();
    bytes[bytes.length - 5] ^= 1;

    cannotBeUnpacked(askForZipped(new Buffer().write(bytes)));
  }

  @Test
  void a_zipped_body_that_is_cut() throws IOException {
    var bytes = zipped(BEGUN + WHOLE).readByteArray();

    var refused = askForZipped(new Buffer().write(bytes, 0, bytes.length / 2));

    isRetryable(refused, ErrorCode.PROVIDER_TIMEOUT);
    assertThat(refused.error().message()).endsWith("answered 200 and then closed the connection");
  }

  @Test
  void a_server_that_speaks_past_the_deadline() throws IOException {
    try (var server = new RawServer("")) {
      try (var client = new OpenAiCompatibleClient(ModelServer.at(server.url(), null, "m", 1))) {
        var answer =
            (Refused)
                client.call(FakeProvider.request(Duration.ofMillis(300))).await(TextListener.DEAF);

        assertThat(answer.error().code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(answer.error().source()).isEqualTo(JobError.Source.RECADO);
        assertThat(answer.error().retryable()).isTrue();
        assertThat(answer.remedy()).isEqualTo(Remedy.NONE);
      }
    }
  }

  @Test
  void a_call_without_time_is_not_made() {
    var answer =
        provider.client().call(FakeProvider.request(Duration.ZERO)).await(TextListener.DEAF);

    assertThat(((Refused) answer).error().code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    assertThat(provider.calls()).isZero();
  }

  @Test
  void a_deadline_beyond_all_clocks_is_far_away() {
    assertThat(Deadline.in(Duration.ofSeconds(Long.MAX_VALUE)).hasPassed()).isFalse();
  }
}
