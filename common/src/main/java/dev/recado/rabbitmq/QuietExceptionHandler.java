package dev.recado.rabbitmq;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;

/**
 * Leaves the reporting of a lost connection to {@link OutageReport}: the library would write a
 * stack trace for each.
 */
final class QuietExceptionHandler extends ForgivingExceptionHandler {
  private static final Log log = Log.of(QuietExceptionHandler.class);

  @Override
  public void handleUnexpectedConnectionDriverException(Connection connection, Throwable e) {
    log.tellWhy(e, LogEvent.BROKER_CONNECTION_BROKE);
  }
}
