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
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "1.", ".1", "1.4", "-1.1", "01.1", "1.1 ", "1.1.1", "9999999999.1", "١.١"})
  void nothing_else_is_a_place(String text) {
    assertThat(Place.parse(text)).isEmpty();
  }
}
