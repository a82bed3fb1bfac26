package dev.recado.web.webhook;

import dev.recado.delivery.ClaimedDelivery;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** What this process knows of the receivers: a {@link Receiver} for each. Thread-safe. */
final class Receivers {
  private static final int MOST_KNOWN = 10_000;

  private final int mostEach;
  private final LongSupplier nanoTime;
  private final Map<String, Receiver> known = new LinkedHashMap<>();

  /**
   * @param mostEach how many calls one receiver is given at once
   * @param nanoTime the monotonic clock
   */
  Receivers(int mostEach, LongSupplier nanoTime) {
    this.mostEach = mostEach;
    this.nanoTime = nanoTime;
  }

  /** How many calls may be begun to whom: turn by turn, so that nobody takes all there is. */
  synchronized Map<String, Integer> room(List<String> due, int free) {
    var now = nanoTime.getAsLong();
    var room = new HashMap<String, Integer>();
    var left = free;
    for (var before = free + 1; left > 0 && left < before; ) {
      before = left;
      for (var name : due) {
        if (left > 0 && peek(name, now).hasRoom(room.getOrDefault(name, 0), now)) {
          room.merge(name, 1, Integer::sum);
          left--;
        }
      }
    }
    return room;
  }

  private Receiver peek(String name, long now) {
    return known.getOrDefault(name, new Receiver(mostEach, now));
  }

  private Receiver of(ClaimedDelivery call, long now) {
    return known.computeIfAbsent(call.receiver(), _ -> new Receiver(mostEach, now));
  }

  /** A call to its receiver begins. */
  synchronized void began(ClaimedDelivery call) {
    var now = nanoTime.getAsLong();
    of(call, now).began(call, now);
    forgetTheOldest();
  }

  /** It is over, however it went. */
  synchronized void ended(ClaimedDelivery call) {
    of(call, nanoTime.getAsLong()).ended(call);
  }

  /** This came back of it, after so long. */
  synchronized void heard(ClaimedDelivery call, Reply reply, Duration took) {
    var now = nanoTime.getAsLong();
    of(call, now).heard(call, reply, took, now);
  }

  private void forgetTheOldest() {
    var all = known.values().iterator();
    while (known.size() > MOST_KNOWN && all.hasNext()) {
      if (all.next().isIdle()) {
        all.remove();
      }
    }
  }
}
