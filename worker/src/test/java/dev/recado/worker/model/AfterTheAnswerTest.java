package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelAnswer.Remedy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is there was paid for: what a server does after it takes nothing from it. */
class AfterTheAnswerTest {
  private static final String HELLO =
      "data: {\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n\n";
  private static final String STOP =
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String DOCUMENT =
      "{\"choices\":[{\"message\":{\"content\":\"Hello\"},\"finish_reason\":\"stop\"}]}";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  private void isHello() {
    assertThat(provider.askAndComplete().result().content()).isEqualTo("Hello");
    assertThat(provider.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"error\":{\"message\":\"could not count the tokens\",\"code\":500}}",
        "event: error\ndata: upstream went away",
        "data: {\"message\":\"bye\"}",
        "data: oops",
        "{oops",
      })
  void an_error_after_the_finish_reason_does_no_harm(String frame) {
    provider.streams(HELLO + STOP + frame + "\n\n");

    isHello();
  }

  @Test
  void an_error_after_a_finish_reason_that_is_a_failure_tells_what_it_was() {
    provider.streams(
        HELLO
            + STOP.replace("stop", "error")
            + "data: {\"error\":{\"message\":\"slow down\",\"code\":429}}\n\n");

    assertThat(provider.askAndBeRefused().remedy()).isEqualTo(Remedy.WAIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"event: ping\ndata: {}\n\n", "data: {\"choices\":[]}\n\n"})
  void a_server_that_goes_on_with_empty_frames_is_not_waited_for(String frame) {
    provider.answers(
        FakeProvider.stream(HELLO + STOP + frame.repeat(1_000))
            .throttleBody(100, 50, TimeUnit.MILLISECONDS)
            .build());

    var began = System.nanoTime();
    isHello();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void a_document_is_whole_if_its_connection_breaks_after_it() {
    provider.answers(document(new SocketEffect.CloseSocket()));

    isHello();
  }

  @Test
  void a_document_is_whole_if_its_connection_stays_open_after_it() {
    provider.answers(document(SocketEffect.Stall.INSTANCE));

    isHello();
  }

  private static MockResponse document(SocketEffect ending) {
    return FakeProvider.response(200, DOCUMENT)
        .setHeader("Content-Length", DOCUMENT.length() + 10)
        .onResponseEnd(ending)
        .build();
  }

  @Test
  void half_a_document_is_none() {
    provider.answers(
        FakeProvider.response(200, DOCUMENT.substring(0, DOCUMENT.length() - 1))
            .setHeader("Content-Length", DOCUMENT.length())
            .onResponseEnd(new SocketEffect.CloseSocket())
            .build());

    var refused = provider.askAndBeRefused();
    assertThat(refused.remedy()).isEqualTo(Remedy.RETRY);
    assertThat(refused.error().message()).endsWith("answered 200 and then closed the connection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"no\"}}"})
  void an_error_that_never_ends_is_not_waited_for(String body) {
    provider.answers(
        FakeProvider.response(429, body)
            .setHeader("Content-Length", body.length() + 10)
            .onResponseEnd(SocketEffect.Stall.INSTANCE)
            .build());

    var refused = provider.askAndBeRefused();

    assertThat(refused.error().providerStatus()).isEqualTo(429);
    assertThat(refused.remedy()).isEqualTo(body.isEmpty() ? Remedy.WAIT : Remedy.NONE);
  }

  @Test
  void an_error_in_endless_drops_is_not_waited_for() {
    provider.answers(
        FakeProvider.response(500, "x".repeat(10_000))
            .throttleBody(50, 50, TimeUnit.MILLISECONDS)
            .build());

    var began = System.nanoTime();
    var refused = provider.askAndBeRefused();

    assertThat(refused.error().message()).contains("answered 500: x");
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
  }
}
