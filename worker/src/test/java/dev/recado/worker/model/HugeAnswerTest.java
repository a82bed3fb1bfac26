package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.worker.model.ModelAnswer.Completed;
import dev.recado.worker.model.ModelAnswer.Refused;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HugeAnswerTest {
  private static final long GIB = 1L << 30;
  private static final int MIB = 1 << 20;

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  /** Says the beginning once and the rest again and again, up to a gibibyte. */
  private record Endless(String beginning, String rest, AtomicLong written)
      implements MockResponseBody {
    @Override
    public long getContentLength() {
      return -1;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      sink.writeUtf8(beginning);
      while (written.addAndGet(rest.length()) < GIB) {
        sink.writeUtf8(rest);
        sink.flush();
      }
    }
  }

  private void isTooLarge() {
    var refused = provider.askAndBeRefused();
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_BAD_RESPONSE);
    assertThat(refused.error().message()).contains("more than");
    assertThat(refused.error().retryable()).isFalse();
    assertThat(refused.remedy()).isEqualTo(Remedy.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: a",
        "{\"choices\":[{\"message\":{\"content\":\"",
        "data: {\"choices\":[{\"delta\":{\"content\":\"",
      })
  void a_line_without_end_is_given_up(String beginning) {
    var written = new AtomicLong();
    var body = new Endless(beginning, "a".repeat(MIB), written);
    provider.answers(new MockResponse.Builder().body(body).build());

    isTooLarge();

    assertThat(written).hasValueLessThan(40L * MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {": keepalive\n", "data: {\"choices\":[]}\n\n", "data: x\n", "\n"})
  void a_stream_without_end_is_given_up(String frame) {
    var written = new AtomicLong();
    var body = new Endless("", frame.repeat(MIB / frame.length()), written);
    var limits = new AnswerLimits(8L * MIB, MIB, MIB, MIB);
    provider.limitedTo(limits).answers(new MockResponse.Builder().body(body).build());

    isTooLarge();

    assertThat(written).hasValueLessThan(40L * MIB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"content", "reasoning"})
  void a_text_without_end_is_given_up(String member) {
    var frame =
        "data: {\"choices\":[{\"delta\":{\""
            + member
            + "\":\""
            + "a".repeat(100_000)
            + "\"}}]}\n\n";
    var written = new AtomicLong();
    provider.answers(new MockResponse.Builder().body(new Endless("", frame, written)).build());

    isTooLarge();

    assertThat(written).hasValueLessThan(20L * MIB);
  }

  @Test
  void a_gzip_bomb_is_counted_by_what_comes_out() throws IOException {
    provider.answers(zipped(200, "{\"choices\":[{\"message\":{\"content\":\""));

    isTooLarge();
  }

  @Test
  void an_error_that_is_a_bomb_is_still_the_error_it_says() throws IOException {
    provider.answers(zipped(429, "{\"error\":\""));

    assertThat(provider.askAndBeRefused().error().code())
        .isEqualTo(ErrorCode.PROVIDER_RATE_LIMITED);
  }

  @Test
  void a_zipped_answer_is_an_answer() throws IOException {
    provider.answers(zipped(200, "{\"choices\":[{\"message\":{\"content\":\"x\"}}]}", 0));

    assertThat(provider.askAndComplete().result().content()).isEqualTo("x");
  }

  private static MockResponse zipped(int status, String beginning) throws IOException {
    return zipped(status, beginning, 100);
  }

  private static MockResponse zipped(int status, String beginning, int mebibytes)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(beginning.getBytes(StandardCharsets.UTF_8));
      var rest = "a".repeat(MIB).getBytes(StandardCharsets.UTF_8);
      for (var i = 0; i < mebibytes; i++) {
        zip.write(rest);
      }
    }
    return new MockResponse.Builder()
        .code(status)
        .addHeader("Content-Encoding: gzip")
        .body(new Buffer().write(bytes.toByteArray()))
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "{\"choices\":["})
  void a_document_too_deep_makes_no_sense(String opening) {
    provider.answersJson(opening.repeat(100_000));

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY_ONCE);
  }

  @Test
  void a_document_of_too_many_parts_makes_no_sense() {
    provider.answersJson("{\"choices\":[" + "0,".repeat(600_000) + "0]}");

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY_ONCE);
  }

  @Test
  void a_number_too_long_makes_no_sense() {
    provider.answersJson("{\"choices\":" + "9".repeat(1_000_000) + "}");

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY_ONCE);
  }

  @Test
  void noise_is_never_more_than_a_refusal() {
    var seed = System.nanoTime();
    var random = new Random(seed);
    for (var i = 0; i < 300; i++) {
      provider.answers(
          FakeProvider.stream("")
              .addHeader("Connection: close")
              .body(new Buffer().write(noise(random)))
              .build());
      assertThat(provider.ask())
          .as("seed %d", seed)
          .isInstanceOfAny(Refused.class, Completed.class);
    }
  }

  private static byte[] noise(Random random) {
    var stream =
        "data: {\"choices\":[{\"delta\":{\"content\":\"ab\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    var bytes = stream.getBytes(StandardCharsets.UTF_8);
    for (var i = random.nextInt(12); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
