package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call is paid for: it goes out once, whatever comes back. */
class OneRequestTest {
  private static final String GOOD =
      "{\"choices\":[{\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";

  @RegisterExtension final FakeProvider provider = new FakeProvider();

  @ParameterizedTest
  @CsvSource({
    "408,Connection: close",
    "408,X-Nothing: 1",
    "503,Retry-After: 0",
    "429,Retry-After: 0",
    "421,X-Nothing: 1",
    "401,WWW-Authenticate: Basic realm=x",
    "407,Proxy-Authenticate: Basic realm=x",
    "301,Location: /again",
    "307,Location: /again",
    "308,Location: /again",
  })
  void no_status_makes_the_client_ask_again(int status, String header) {
    provider.answers(status, "", header).answersJson(GOOD);

    provider.askAndBeRefused();

    assertThat(provider.calls()).isEqualTo(1);
  }

  @Test
  void a_reset_after_the_request_does_not() {
    provider
        .answers(
            FakeProvider.response(200, "").onResponseStart(new SocketEffect.CloseSocket()).build())
        .answersJson(GOOD);

    provider.askAndBeRefused();

    assertThat(provider.calls()).isEqualTo(1);
  }

  @Test
  void a_reset_on_a_connection_used_before_does_not() {
    provider
        .answersJson(GOOD)
        .answers(
            FakeProvider.response(200, "").onResponseStart(new SocketEffect.CloseSocket()).build())
        .answersJson(GOOD);
    provider.askAndComplete();

    provider.askAndBeRefused();

    assertThat(provider.calls()).isEqualTo(2);
  }

  @Test
  void a_server_that_hangs_up_after_each_answer_without_saying_so_refuses_nothing() {
    for (var i = 0; i < 20; i++) {
      provider.answers(
          FakeProvider.response(200, GOOD)
              .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
              .build());
    }

    for (var i = 0; i < 20; i++) {
      provider.askAndComplete();
    }

    assertThat(provider.calls()).isEqualTo(20);
  }
}
