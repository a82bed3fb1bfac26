package dev.recado.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Writes one line for each event: a sentence for people, and its parts by name for machines. An
 * event whose level is off costs no more than the question whether it is. Thread-safe.
 */
public final class Log {
  /** The member that names the event. */
  public static final String EVENT = "event";

  /** The member that names the trace, on lines that are part of one. */
  public static final String TRACE_ID = "trace_id";

  private static final Scope NO_TRACE = () -> {};

  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  /** The log of one class. */
  public static Log of(Class<?> source) {
    return new Log(LoggerFactory.getLogger(source));
  }

  /** Whether this event is written: for events of every job, before their values are made. */
  public boolean tells(LogEvent event) {
    return logger.isEnabledForLevel(event.level());
  }

  /**
   * Writes an event.
   *
   * @param values those of the event's fields, in their order
   */
  public void tell(LogEvent event, @Nullable Object... values) {
    if (tells(event)) {
      write(event, null, values);
    }
  }

  /** As above; where it is off, not even an array is made: for events of every job. */
  public void tell(LogEvent event, @Nullable Object first, @Nullable Object second) {
    if (tells(event)) {
      write(event, null, first, second);
    }
  }

  /**
   * Writes an event with the trace of what caused it.
   *
   * @param values those of the event's fields, in their order
   */
  public void tellWhy(Throwable cause, LogEvent event, @Nullable Object... values) {
    if (tells(event)) {
      write(event, cause, values);
    }
  }

  private void write(LogEvent event, @Nullable Throwable cause, @Nullable Object... values) {
    assert values.length == event.fields().size() : event + " is told with " + values.length;
    var line = logger.makeLoggingEventBuilder(event.level()).addKeyValue(EVENT, event.wireName());
    var fields = event.fields();
    for (var i = 0; i < values.length && i < fields.size(); i++) {
      line = line.addKeyValue(fields.get(i), values[i]);
    }
    line.setMessage(event.sentence(values)).setCause(cause).log();
  }

  /**
   * From now on the lines of this thread name their trace, until the scope is closed.
   *
   * @param traceId null: they name none, and it costs nothing
   */
  public static Scope within(@Nullable String traceId) {
    if (traceId == null) {
      return NO_TRACE;
    }
    MDC.put(TRACE_ID, traceId);
    return () -> MDC.remove(TRACE_ID);
  }

  /** Ends without throwing. */
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
