package dev.recado.app.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusLineTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void a_bar_is_as_full_as_much_is_done() {
    assertThat(StatusLine.bar(1, 3)).isEqualTo("[##########....................] 1 of 3");
    assertThat(StatusLine.bar(50_000, 50_000)).isEqualTo("[" + "#".repeat(30) + "] 50000 of 50000");
  }

  @Test
  void it_makes_room_for_what_is_said_and_is_silent_when_it_has_ended() {
    var print = new PrintStream(err, true, UTF_8);
    var in = InputStream.nullInputStream();
    var line = new StatusLine(new Shell(Map.of(), InstantSource.system(), in, print, print, true));

    line.show("1 of 3");
    line.say("busy");
    line.end();
    line.show("2 of 3");
    line.say("still busy");

    assertThat(err.toString(UTF_8))
        .containsSubsequence("1 of 3\r\u001b[K", "busy", System.lineSeparator())
        .doesNotContain("2 of 3", "still");
  }
}
