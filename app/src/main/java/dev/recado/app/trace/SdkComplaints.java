package dev.recado.app.trace;

import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * OpenTelemetry's SDK complains to the JDK's log, with a trace for each span that could not be sent
 * (it keeps itself to a few a minute). Here that becomes a line of ours.
 */
final class SdkComplaints extends Handler {
  private static final Log log = Log.of(Telemetry.class);

  // The JDK holds its loggers weakly, and what was set on one that is collected is lost.
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private final SimpleFormatter format = new SimpleFormatter();

  private SdkComplaints() {}

  static void toOurLog() {
    SDK.setUseParentHandlers(false);
    SDK.addHandler(new SdkComplaints());
  }

  @Override
  public void publish(LogRecord complaint) {
    if (complaint.getLevel().intValue() >= Level.WARNING.intValue()) {
      log.tell(LogEvent.TRACES_TROUBLE, format.formatMessage(complaint));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
