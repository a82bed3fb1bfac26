package dev.recado.rabbitmq;

import dev.recado.config.BrokerSettings;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.util.concurrent.ExecutionException;
import org.slf4j.event.Level;

/** Writes one line when the broker goes away and one when it is back. Not thread-safe. */
final class OutageReport {
  private static final Log log = Log.of(BrokerLink.class);

  private final BrokerSettings broker;
  private final String purpose;
  private final Level loudness;
  private boolean away;

  OutageReport(BrokerSettings broker, String purpose, Level loudness) {
    this.broker = broker;
    this.purpose = purpose;
    this.loudness = loudness;
  }

  void away(Throwable trouble) {
    log.tellWhy(trouble, LogEvent.BROKER_TROUBLE, purpose);
    if (!away) {
      away = true;
      log.tell(
          isLoud() ? LogEvent.BROKER_LOST : LogEvent.BROKER_LINK_LOST,
          purpose,
          at(),
          reason(trouble));
    }
  }

  void back() {
    log.tell(away && isLoud() ? LogEvent.BROKER_BACK : LogEvent.BROKER_CONNECTED, purpose, at());
    away = false;
  }

  private boolean isLoud() {
    return loudness == Level.WARN;
  }

  private String at() {
    return broker.describe();
  }

  /** In one line, without the wrapping. */
  private static String reason(Throwable trouble) {
    var message = trouble.getMessage();
    var cause = trouble.getCause();
    if (cause != null && (message == null || trouble instanceof ExecutionException)) {
      return reason(cause);
    }
    var name = trouble.getClass().getSimpleName();
    return message == null ? name : message.lines().findFirst().orElse(name);
  }
}
