package dev.recado.bench.machine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class CallReaderTest {
  private static final String FIRST = "POST /v1 HTTP/1.1\r\nContent-Length: 3\r\n\r\none";
  private static final String SECOND = "POST /v1 HTTP/1.1\r\ncontent-length: 5\r\n\r\nafter";

  private static CallReader reader(String received) {
    return new CallReader(new ByteArrayInputStream(received.getBytes(ISO_8859_1)));
  }

  /** Gives out one byte at a time, as a slow client does. */
  private static InputStream drops(String received) {
    var all = new ByteArrayInputStream(received.getBytes(ISO_8859_1));
    return new InputStream() {
      @Override
      public int read() {
        return all.read();
      }

      @Override
      public int read(byte[] into, int from, int length) {
        return all.read(into, from, Math.min(1, length));
      }
    };
  }

  @Test
  void calls_that_arrive_together_are_told_apart() throws IOException {
    var reader = reader(FIRST + SECOND);

    assertThat(reader.next()).isEqualTo(FIRST);
    assertThat(reader.next()).isEqualTo(SECOND);
    assertThat(reader.next()).isNull();
  }

  @Test
  void a_call_that_arrives_in_drops_is_one_call() throws IOException {
    var reader = new CallReader(drops(FIRST + SECOND));

    assertThat(reader.next()).isEqualTo(FIRST);
    assertThat(reader.next()).isEqualTo(SECOND);
  }

  @Test
  void a_connection_that_ends_within_a_call_brings_none() throws IOException {
    assertThat(reader("POST /v1 HTTP/1.1\r\nContent-Length: 3\r\n\r\non").next()).isNull();
  }

  @Test
  void a_call_that_does_not_tell_its_length_is_refused() {
    assertThatThrownBy(() -> reader("GET / HTTP/1.1\r\n\r\n").next())
        .isInstanceOf(IOException.class);
  }
}
