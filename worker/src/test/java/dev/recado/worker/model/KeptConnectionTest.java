package dev.recado.worker.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
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
