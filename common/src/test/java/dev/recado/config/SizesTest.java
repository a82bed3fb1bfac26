package dev.recado.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
  @ParameterizedTest
  @CsvSource({"0,0", "17,17", "3KB,3072", "256MB,268435456", "999999999GB,1073741822926258176"})
  void a_size_is_read_and_written(String text, long bytes) {
    assertThat(Sizes.parse(text)).hasValue(bytes);
    assertThat(Sizes.format(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "1.5GB", "1 GB", "1gb", "1TB", "GB", "9999999999"})
  void anything_else_is_none(String text) {
    assertThat(Sizes.parse(text)).isEmpty();
  }
}
