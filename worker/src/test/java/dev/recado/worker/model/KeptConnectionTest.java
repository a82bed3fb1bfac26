package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ErrorCode;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which connections without encryption take another call. */
class KeptConnectionTest {
  private static final String GOOD =
      "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  @ParameterizedTest
  @ValueSource(strings = {"timeout=5", "max=100, Timeout = 60"})
  void a_server_that_says_how_long_it_keeps_a_connection_gets_the_next_calls_on_it(String word)
      throws InterruptedException {
    answersWith("Keep-Alive: " + word, 4);

    ask(4);

    // the first was made before the server had said so
    assertThat(connections(4)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Nothing: 1",
        "Connection: keep-alive",
        "Keep-Alive: max=100",
        "Keep-Alive: timeout=4",
        "Keep-Alive: timeout=0",
        "Keep-Alive: timeout=-60",
        "Keep-Alive: timeout=none"
      })
  void one_that_does_not_say_so_or_keeps_it_too_briefly_gets_a_new_one_for_each(String header)
      throws InterruptedException {
    answersWith(header, 3);

    ask(3);

    assertThat(connections(3)).isEqualTo(3);
  }

  @Test
  void a_server_that_says_so_no_longer_gets_a_new_one_again() throws InterruptedException {
    answersWith("Keep-Alive: timeout=5", 2);
    answersWith("X-Nothing: 1", 3);

    ask(5);

    assertThat(connections(5)).isEqualTo(4);
  }

  @Test
  void a_call_into_a_kept_connection_that_is_closed_by_then_costs_its_job_no_try() {
    answersWith("Keep-Alive: timeout=5", 1);
    provider.answers(
        FakeProvider.response(200, GOOD, "Keep-Alive: timeout=5")
            .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
            .build());
    ask(2);

    var refused = provider.askAndBeRefused();

    assertThat(refused.remedy()).isEqualTo(Remedy.WAIT_ONCE);
    assertThat(refused.error().code()).isEqualTo(ErrorCode.PROVIDER_OVERLOADED);
    assertThat(refused.error().retryable()).isTrue();
    assertThat(refused.error().message()).endsWith(" had closed the connection that it kept");
    assertThat(provider.calls()).isEqualTo(2);
  }

  @Test
  void so_does_one_that_is_reset_there_before_a_byte_of_its_answer() {
    answersWith("Keep-Alive: timeout=5", 2);
    provider.answers(hangsUp());
    ask(2);

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.WAIT_ONCE);
    assertThat(provider.calls()).isEqualTo(3);
  }

  @Test
  void one_whose_answer_had_begun_costs_a_try() {
    var line = asked(() -> 0);

    assertThat(line.wasClosed(endAfter(""))).isTrue();
    assertThat(line.wasClosed(endAfter("HTTP/1.1 2"))).isFalse();
  }

  @Test
  void nor_is_what_happens_before_the_request() {
    assertThat(new Line(() -> 0).wasClosed(new SocketException("Too many open files"))).isFalse();
  }

  private static Line asked(LongSupplier nanoTime) {
    var line = new Line(nanoTime);
    line.requestHeadersStart(
        new OkHttpClient().newCall(new Request.Builder().url("http://localhost/").build()));
    return line;
  }

  /** What OkHttp makes of a stream that ends within a status line. */
  private static IOException endAfter(String begun) {
    try (var source = new Buffer().writeUtf8(begun)) {
      source.readUtf8LineStrict();
      throw new AssertionError("there is no line");
    } catch (IOException end) {
      return new IOException("unexpected end of stream", end);
    }
  }

  @Test
  void so_does_one_that_is_not_answered_in_time() {
    answersWith("Keep-Alive: timeout=5", 2);
    provider.answers(
        FakeProvider.response(200, GOOD).onResponseStart(SocketEffect.Stall.INSTANCE).build());
    ask(2);

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void and_one_into_a_new_connection() {
    provider.answers(hangsUp());

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void what_takes_its_time_is_no_closed_connection() {
    var now = new AtomicLong(Long.MAX_VALUE); // it may wrap
    var line = asked(now::get);
    var reset = new SocketException("Connection reset");
    now.addAndGet(Line.AT_ONCE.toNanos() - 1);
    assertThat(line.wasClosed(reset)).isTrue();

    now.addAndGet(1);
    assertThat(line.wasClosed(reset)).isFalse();
  }

  private static MockResponse hangsUp() {
    return FakeProvider.response(200, GOOD).onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  private void answersWith(String header, int times) {
    IntStream.range(0, times).forEach(_ -> provider.answers(200, GOOD, header));
  }

  private void ask(int times) {
    IntStream.range(0, times).forEach(_ -> provider.askAndComplete());
  }

  private long connections(int requests) throws InterruptedException {
    var first = 0;
    for (var i = 0; i < requests; i++) {
      if (provider.server().takeRequest().getExchangeIndex() == 0) {
        first++;
      }
    }
    return first;
  }
}
