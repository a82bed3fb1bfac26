package dev.recado.rabbitmq;

import dev.recado.config.BrokerSettings;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes one line when the broker goes away and one when it is back. Not thread-safe. */
final class OutageReport {
  private static final Logger log = LoggerFactory.getLogger(BrokerLink.class);

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
    log.debug("{}: no connection", purpose, trouble);
    if (!away) {
      away = true;
      log.atLevel(loudness)
          .log("{}: {} is away ({}); trying until it is back", purpose, at(), reason(trouble));
    }
  }

  void back() {
    var level = away ? loudness : Level.DEBUG;
    log.atLevel(level).log("{}: connected to {}", purpose, at());
    away = false;
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
