package dev.recado.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventWriterTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final EventWriter out = new EventWriter(bytes);

  @Test
  void every_line_of_the_data_is_marked_as_data() throws IOException {
    var data = "{\"a\":\n1,\r\n\"b\":\r\"ç\"}".getBytes(StandardCharsets.UTF_8);
    out.event("status", new Place(1, 2), data);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            event: status
            id: 1.2
            data: {"a":
            data: 1,
            data: "b":
            data: "ç"}

            """);
  }

  @Test
  void a_keepalive_has_no_id() throws IOException {
    out.keepalive();
    assertThat(bytes).hasToString(": keepalive\n\n");
  }
}
