package dev.recado.queue.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.job.JobId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingFormatTest {
  private static final JobId JOB = new JobId("019a0000-0000-7000-8000-000000000000");

  private final RingFormat format = new RingFormat();

  @Test
  void a_ring_names_its_job_and_nothing_else() {
    assertThat(new String(format.write(JOB), UTF_8))
        .isEqualTo("{\"job_id\":\"019a0000-0000-7000-8000-000000000000\"}");
  }

  @Test
  void what_was_written_can_be_read() throws UnreadableRingException {
    assertThat(format.read(format.write(JOB))).isEqualTo(JOB);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "7", "{", "{}", "{\"job_id\":null}", "\u0000"})
  void what_is_no_ring_is_told_apart_without_quoting_it(String body) {
    assertThatThrownBy(() -> format.read(body.getBytes(UTF_8)))
        .isInstanceOf(UnreadableRingException.class)
        .message()
        .matches("not JSON|without a well-formed job_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "0", "\"1\"", "null", "1.5"})
  void a_version_we_do_not_know_is_not_guessed_at(String version) {
    var body = "{\"job_id\":\"%s\",\"version\":%s}".formatted(JOB, version);

    assertThatThrownBy(() -> format.read(body.getBytes(UTF_8)))
        .isInstanceOf(UnreadableRingException.class)
        .hasMessageContaining("version");
  }
}
