package dev.recado.app.log;

import ch.qos.logback.core.PropertyDefinerBase;
import dev.recado.config.LogFormat;
import dev.recado.config.Variable;
import org.jspecify.annotations.Nullable;

/**
 * The format that the environment asks for. Text where it asks for nothing that makes sense: the
 * settings refuse it, and that must be seen. Named in logback.xml.
 */
public final class ChosenFormat extends PropertyDefinerBase {
  @Override
  public String getPropertyValue() {
    return of(System.getenv(Variable.RECADO_LOG_FORMAT.name())).wireName();
  }

  static LogFormat of(@Nullable String text) {
    return text != null && text.strip().equals(LogFormat.JSON.wireName())
        ? LogFormat.JSON
        : LogFormat.TEXT;
  }
}
