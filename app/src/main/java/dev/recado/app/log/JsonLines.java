package dev.recado.app.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes each event as one line: a JSON object with flat members, in ASCII, so that nothing in it
 * can turn a line around or be taken for another.
 */
// Logback's own encoder has no flat members; logstash-logback-encoder brings seven libraries.
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
  private static final byte[] NOTHING = {};
  private static final int USUAL_SIZE = 256;

  private final JsonFactory factory =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private final ThrowableProxyConverter traces = new ThrowableProxyConverter();

  @Override
  public void start() {
    traces.setOptionList(List.of("full"));
    traces.start();
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    var line = new ByteArrayOutputStream(USUAL_SIZE);
    try (var json = factory.createGenerator(ObjectWriteContext.empty(), line)) {
      json.writeStartObject();
      write(json, event);
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private void write(JsonGenerator json, ILoggingEvent event) {
    json.writeStringProperty("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    json.writeStringProperty("level", event.getLevel().toString());
    json.writeStringProperty("message", event.getFormattedMessage());
    for (var pair : pairs(event)) {
      write(json, pair.key, pair.value);
    }
    event.getMDCPropertyMap().forEach(json::writeStringProperty);
    json.writeStringProperty("logger", event.getLoggerName());
    json.writeStringProperty("thread", event.getThreadName());
    if (event.getThrowableProxy() != null) {
      json.writeStringProperty("error", event.getThrowableProxy().getClassName());
      json.writeStringProperty("trace", traces.convert(event));
    }
  }

  private static List<KeyValuePair> pairs(ILoggingEvent event) {
    return Objects.requireNonNullElse(event.getKeyValuePairs(), List.of());
  }

  private static void write(JsonGenerator json, String name, @Nullable Object value) {
    switch (value) {
      case null -> json.writeNullProperty(name);
      case Integer number -> json.writeNumberProperty(name, number);
      case Long number -> json.writeNumberProperty(name, number);
      default -> json.writeStringProperty(name, value.toString());
    }
  }
}
