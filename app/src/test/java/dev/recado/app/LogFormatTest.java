package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a log line looks like, whatever was put into it. */
class LogFormatTest {
  private static final String FORGED = "2026-01-01T00:00:00.000Z ERROR Store: all is lost";
  private static final String HOSTILE =
      "a\r\n" + FORGED + "\n\u001b[31m\u001b]0;t\u0007 \u202Egpj\u2066 \u2028b\u0085c\u009b2J";

  private final Logger log = LoggerFactory.getLogger("dev.recado.test");
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream before = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(before);
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void a_message_is_one_printable_line() {
    log.warn("{}", HOSTILE);

    assertThat(lines())
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT[^ ]+ WARN  test: a \\| 2026-01-01T00.*")
        .doesNotContainPattern("[\\p{C}\\x{2028}\\x{2029}]");
  }

  @Test
  void a_line_within_a_trace_names_it_at_its_end() {
    try (var _ = Log.within("4bf92f3577b34da6a3ce929d0e0e4736")) {
      log.warn("told");
    }

    assertThat(lines())
        .singleElement()
        .asString()
        .endsWith(" WARN  test: told [trace 4bf92f3577b34da6a3ce929d0e0e4736]");
  }

  @Test
  void no_line_of_a_trace_looks_like_a_message() {
    log.warn("failed", new IllegalStateException(HOSTILE, new RuntimeException("\n" + FORGED)));

    assertThat(lines().getFirst()).endsWith("test: failed");
    assertThat(lines()).filteredOn(line -> line.contains(FORGED)).hasSize(2);
    assertThat(lines()).anyMatch(line -> line.contains("\tat dev.recado.app.LogFormatTest"));
    assertThat(lines().subList(1, lines().size()))
        .allMatch(line -> line.startsWith("  "))
        .noneMatch(line -> line.replace("\t", "").matches(".*[\\p{C}\\x{2028}\\x{2029}].*"));
  }
}
