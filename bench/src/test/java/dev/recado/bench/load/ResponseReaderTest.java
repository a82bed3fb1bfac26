package dev.recado.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ResponseReaderTest {
  private static final String ANSWER =
      "HTTP/1.1 202 Accepted\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nolá!";

  private final ResponseReader reader = new ResponseReader();

  @Test
  void an_answer_that_comes_in_single_bytes_is_complete_with_the_last() throws IOException {
    var bytes = ANSWER.getBytes(UTF_8);

    for (var i = 0; i < bytes.length - 1; i++) {
      assertThat(reader.take(ByteBuffer.wrap(bytes, i, 1))).as("byte %d", i).isFalse();
    }

    assertThat(reader.take(ByteBuffer.wrap(bytes, bytes.length - 1, 1))).isTrue();
    assertThat(reader.response()).isEqualTo(new Response(202, "olá!"));
  }

  @Test
  void after_a_reset_it_reads_the_next_answer() throws IOException {
    take(ANSWER);
    reader.reset();

    assertThat(take("HTTP/1.1 404 Not Found\r\ncontent-length:2\r\n\r\nno")).isTrue();

    assertThat(reader.response()).isEqualTo(new Response(404, "no"));
  }

  @Test
  void an_answer_longer_than_its_first_piece_is_put_together() throws IOException {
    var body = "x".repeat(100_000);
    assertThat(take("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")).isFalse();

    assertThat(take(body)).isTrue();

    assertThat(reader.response().body()).isEqualTo(body);
  }

  @Test
  void no_content_has_no_length() throws IOException {
    assertThat(take("HTTP/1.1 204 No Content\r\nDate: today\r\n\r\n")).isTrue();
  }

  @Test
  void an_answer_of_untold_length_is_refused_rather_than_misread() {
    assertThatThrownBy(() -> take("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chunked");
  }

  @Test
  void two_answers_to_one_request_are_a_fault() {
    assertThatThrownBy(() -> take(ANSWER + ANSWER)).isInstanceOf(IOException.class);
  }

  private boolean take(String text) throws IOException {
    return reader.take(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
