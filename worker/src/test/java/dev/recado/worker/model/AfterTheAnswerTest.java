package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.worker.model.ModelAnswer.Completed;
import dev.recado.worker.model.ModelAnswer.Refused;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.io.IOException;
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

  private static final String LINE = "{\"choices\":[{\"delta\":{\"content\":\"Hello\"}}]}\n";
  private static final String LAST_LINE =
      "{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n";

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

  /** As long as a model may think before it speaks: nobody is kept waiting that long. */
  private static final ModelServer.Patience LONG_SILENCE =
      new ModelServer.Patience(
          Duration.ofSeconds(2), Duration.ofSeconds(15), Duration.ofMillis(200));

  private static ModelAnswer askPatiently(String url) {
    var server = new ModelServer(Endpoint.at(url), null, "m", 1, LONG_SILENCE, AnswerLimits.USUAL);
    try (var client = new OpenAiCompatibleClient(server)) {
      return client.call(FakeProvider.request(Duration.ofSeconds(20))).await(TextListener.DEAF);
    }
  }

  private static void isHello(ModelAnswer answer) {
    assertThat(answer).isInstanceOf(Completed.class);
    assertThat(((Completed) answer).result().content()).isEqualTo("Hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {DOCUMENT, DOCUMENT + "\n", LINE + LAST_LINE})
  void a_whole_document_without_a_length_is_not_waited_behind(String body) throws IOException {
    try (var server = new RawServer("HTTP/1.1 200 OK\r\n\r\n" + body)) {
      var began = System.nanoTime();
      isHello(askPatiently(server.url()));

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void an_error_without_a_length_is_not_waited_behind() throws IOException {
    try (var server = new RawServer("HTTP/1.1 200 OK\r\n\r\n{\"error\":\"boom\"}")) {
      var began = System.nanoTime();
      assertThat(askPatiently(server.url())).isInstanceOf(Refused.class);

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'choices':[],'prompt_filter_results':[{}]}\n|" + LINE + LAST_LINE,
        "{'choices':[{'delta':{'content':'He'}}]}\n|{'choices':[{'delta':{'content':'llo'},'finish_reason':'stop'}]}",
        "{'choices':[{'text':'He'}]}\n|{'choices':[{'text':'llo','finish_reason':'stop'}]}",
        "{'choices':[{'message':{'content':'Hello'}}]}\n{|'choices':[{'delta':{},'finish_reason':'stop'}]}",
        "{'usage':{'total_tokens':3}|,'choices':[{'message':{'content':'Hello'}}]}",
      })
  void what_comes_slowly_is_not_taken_for_whole(String body) {
    provider.answers(
        FakeProvider.response(200, body.replace("|", "").replace('\'', '"'))
            .throttleBody(body.indexOf('|'), 400, TimeUnit.MILLISECONDS)
            .build());

    isHello(askPatiently(provider.url()));
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
