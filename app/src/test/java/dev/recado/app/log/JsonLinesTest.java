package dev.recado.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.recado.config.LogFormat;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonLinesTest {
  private static final String HOSTILE =
      "a\r\n{\"level\":\"ERROR\"}\n\u001b[31m \u202Egpj\u2066 \u2028b\u0085c\u009b2J \"x";

  private final Log log = Log.of(JsonLinesTest.class);
  private final Logger logger = (Logger) LoggerFactory.getLogger(JsonLinesTest.class);
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();

  @BeforeEach
  void listen() {
    var encoder = new JsonLines();
    encoder.start();
    appender.setContext(logger.getLoggerContext());
    appender.setEncoder(encoder);
    appender.setOutputStream(written);
    appender.start();
    logger.setAdditive(false);
    logger.setLevel(Level.DEBUG);
    logger.addAppender(appender);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(appender);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private JsonNode line() {
    var text = written.toString(StandardCharsets.UTF_8);
    assertThat(text).endsWith("}\n").matches("[ -~]*\n");
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void an_event_is_an_object_with_flat_members() {
    log.tell(LogEvent.JOB_RETRIED, "a1", "then", "provider_timeout", 2, null);

    var line = line();
    assertThat(line.propertyNames())
        .containsExactly(
            "time",
            "level",
            "message",
            "event",
            "job_id",
            "until",
            "code",
            "attempt",
            "provider_status",
            "logger",
            "thread");
    assertThat(line.get("time").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{3}Z");
    assertThat(line.get("level").asString()).isEqualTo("INFO");
    assertThat(line.get("event").asString()).isEqualTo("job.retried");
    assertThat(line.get("message").asString()).isEqualTo("a1 again at then: provider_timeout");
    assertThat(line.get("attempt").intValue()).isEqualTo(2);
    assertThat(line.get("provider_status").isNull()).isTrue();
  }

  @Test
  void a_line_within_a_trace_names_it() {
    try (var _ = Log.within("4bf92f3577b34da6a3ce929d0e0e4736")) {
      log.tell(LogEvent.JOB_SUCCEEDED, "a1", 1);
    }

    assertThat(line().get("trace_id").asString()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void whatever_stands_in_it_is_one_line_of_plain_characters() {
    log.tellWhy(
        new IllegalStateException(HOSTILE, new RuntimeException(HOSTILE)),
        LogEvent.WEBHOOK_MISTAKE,
        HOSTILE);

    var line = line();
    assertThat(line.get("delivery_id").asString()).isEqualTo(HOSTILE);
    assertThat(line.get("error").asString()).isEqualTo("java.lang.IllegalStateException");
    assertThat(line.get("trace").asString()).contains("Caused by").contains("JsonLinesTest");
  }

  @Test
  void it_is_for_people_unless_machines_are_asked_for() {
    assertThat(LogSetup.format(" json ")).isEqualTo(LogFormat.JSON);
    assertThat(LogSetup.format("")).isEqualTo(LogFormat.TEXT);
    assertThat(LogSetup.format("xml")).isEqualTo(LogFormat.TEXT);
    assertThat(LogSetup.format(null)).isEqualTo(LogFormat.TEXT);
  }

  @Test
  void what_is_no_event_of_ours_is_told_all_the_same() {
    logger.warn("{} of a library", "words");

    assertThat(line().get("message").asString()).isEqualTo("words of a library");
    assertThat(line().has("event")).isFalse();
  }
}
