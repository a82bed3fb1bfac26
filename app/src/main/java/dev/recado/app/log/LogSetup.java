package dev.recado.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import dev.recado.config.LogFormat;
import dev.recado.config.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Sets the log up: to standard error, as standard output belongs to answers; one event a line.
 * Logback finds it by its service file. Written in Java, as to read a file of XML with reflection
 * took a twentieth of each start.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
  // What breaks lines, colours a terminal or turns a line around.
  private static final String UNSAFE = "\\pC\\u2028\\u2029";
  private static final String TIME = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}";
  private static final String MESSAGE = "%replace(%msg){'[" + UNSAFE + "]+', ' | '}";
  private static final String TRACE_ID = "%replace(%X{trace_id}){'(?s)^(.+)$', ' [trace $1]'}";
  // Indented, so that no line of a stack trace looks like an event.
  private static final String STACK_TRACE =
      "%replace(%replace(%xEx{full}){'[" + UNSAFE + "&&[^\\n\\t]]+', ' '}){'(?m)^(?=.)', '  '}";
  private static final String LINE =
      TIME + " %-5level %logger{0}: " + MESSAGE + TRACE_ID + "%n" + STACK_TRACE;

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    // Otherwise it would tell of its own start wherever it finds something odd.
    context.getStatusManager().add(new NopStatusListener());
    var log = new ConsoleAppender<ILoggingEvent>();
    log.setContext(context);
    log.setTarget("System.err");
    log.setEncoder(encoder(context));
    log.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(log);
    context
        .getLogger("dev.recado")
        .setLevel(level(System.getenv(Variable.RECADO_LOG_LEVEL.name())));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Encoder<ILoggingEvent> encoder(LoggerContext context) {
    var encoder = encoder(format(System.getenv(Variable.RECADO_LOG_FORMAT.name())));
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  private static EncoderBase<ILoggingEvent> encoder(LogFormat format) {
    if (format == LogFormat.JSON) {
      return new JsonLines();
    }
    var lines = new PatternLayoutEncoder();
    lines.setPattern(LINE);
    return lines;
  }

  /** Text where it makes no sense: the settings refuse it, and that must be seen. */
  static LogFormat format(@Nullable String text) {
    return text != null && text.strip().equals(LogFormat.JSON.wireName())
        ? LogFormat.JSON
        : LogFormat.TEXT;
  }

  private static Level level(@Nullable String text) {
    return Level.toLevel(text == null ? null : text.strip(), Level.INFO);
  }
}
