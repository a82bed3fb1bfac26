package dev.recado.web.operator;

import dev.recado.store.StoreUnavailableException;
import dev.recado.web.stream.EventStreams;
import dev.recado.web.stream.EventWriter;
import dev.recado.web.stream.Teller;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;

/**
 * {@code GET /api/console/live}: how things stand, once a second. It is looked up at most once a
 * second however many read along, and not at all when nobody does.
 */
final class LiveOverview implements Handler {
  static final Duration PERIOD = Duration.ofSeconds(1);

  /** A little less than a period, as no sleep is exact. */
  private static final Duration FRESH = Duration.ofMillis(900);

  private static final Duration RECONNECT = Duration.ofSeconds(2);

  /** Then the client comes again, and has to show once more that it may: sessions end. */
  private static final int MOST_EVENTS = 3_600;

  private final EventStreams streams;
  private final Overview overview;
  private byte[] latest = {};
  private long latestAt;

  LiveOverview(EventStreams streams, Overview overview) {
    this.streams = streams;
    this.overview = overview;
  }

  @Override
  public void handle(Context context) {
    if (context.method().equals(HandlerType.HEAD)) {
      EventStreams.writeHead(context);
    } else {
      streams.open(context, Reading::new);
    }
  }

  private synchronized byte[] latest() {
    var now = System.nanoTime();
    if (latest.length == 0 || now - latestAt >= FRESH.toNanos()) {
      latest = overview.document();
      latestAt = now;
    }
    return latest;
  }

  /** What one client is told. */
  private final class Reading implements Teller {
    private final EventWriter out;
    private int told;

    Reading(EventWriter out) {
      this.out = out;
    }

    @Override
    public Next tell() throws IOException {
      if (told == 0) {
        out.reconnectAfter(RECONNECT);
      }
      told++;
      try {
        out.event("overview", latest());
      } catch (StoreUnavailableException e) {
        // The page sees that nothing comes, and goes on when something does.
      }
      return told < MOST_EVENTS ? Next.LATER : Next.NOTHING;
    }
  }
}
