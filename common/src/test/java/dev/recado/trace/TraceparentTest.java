package dev.recado.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String GOOD = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @Test
  void a_good_header_comes_back_as_it_was() {
    assertThat(Traceparent.parse(GOOD)).get().hasToString(GOOD);
    assertThat(Traceparent.traceId(GOOD)).isEqualTo(TRACE);
  }

  @Test
  void a_later_version_is_read_like_this_one() {
    assertThat(Traceparent.parse("7f-" + TRACE + "-00f067aa0ba902b7-01-more"))
        .get()
        .hasToString(GOOD);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n"
      })
  void what_makes_no_sense_is_as_nothing(String header) {
    assertThat(Traceparent.parse(header)).isEmpty();
    assertThat(Traceparent.traceId(header)).isNull();
  }
}
