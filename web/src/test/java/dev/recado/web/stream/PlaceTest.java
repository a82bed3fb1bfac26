package dev.recado.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {
  @Test
  void it_is_read_as_it_is_written() {
    assertThat(Place.parse("0.0")).hasValue(new Place(0, 0));
    assertThat(Place.parse("12.3")).hasValue(new Place(12, 3));
    assertThat(new Place(12, 3)).hasToString("12.3");
    var withText = new Place(1, 1, new Place.Text(2, 57));
    assertThat(Place.parse("1.1.2.57")).hasValue(withText);
    assertThat(withText).hasToString("1.1.2.57");
  }

  @Test
  void a_client_without_text_has_none_of_any_attempt() {
    assertThat(new Place(1, 1, new Place.Text(2, 0))).hasToString("1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "1.",
        ".1",
        "1.4",
        "-1.1",
        "01.1",
        "1.1 ",
        "1.1.1",
        "1.1.1.",
        "1.1.01.5",
        "1.1.1.5.",
        "1.1.1.-5",
        "1.1.1.9999999999",
        "9999999999.1",
        "١.١"
      })
  void nothing_else_is_a_place(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }
}
