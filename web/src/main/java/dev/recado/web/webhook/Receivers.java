package dev.recado.web.webhook;

import dev.recado.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this process knows of the receivers: how many calls each has open, and whether it is well.
 * One that answers quickly is given more at once, up to a bound; one in trouble is left alone for a
 * while, and then asked with one call. Thread-safe.
 */
final class Receivers {
  private static final int MOST_KNOWN = 10_000;
  private static final int AT_FIRST = 2;
  private static final Duration QUICK = Duration.ofSeconds(1);
  private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final Duration LONGEST_ADVICE = Duration.ofMinutes(10);

  private final int mostEach;
  private final Map<String, Receiver> known = new LinkedHashMap<>();

  Receivers(int mostEach) {
    this.mostEach = mostEach;
  }

  private static final class Receiver {
    private int open;
    private int allowed = AT_FIRST;
    private int troubles;
    private Instant pausedUntil = Instant.MIN;

    boolean hasRoom(int taken, Instant now) {
      return open + taken < allowed && !now.isBefore(pausedUntil);
    }
  }

  /** How many calls may be begun to whom: turn by turn, so that nobody takes all there is. */
  synchronized Map<String, Integer> room(List<String> due, int free, Instant now) {
    var room = new HashMap<String, Integer>();
    var left = free;
    for (var before = free + 1; left > 0 && left < before; ) {
      before = left;
      for (var name : due) {
        if (left > 0 && peek(name).hasRoom(room.getOrDefault(name, 0), now)) {
          room.merge(name, 1, Integer::sum);
          left--;
        }
      }
    }
    return room;
  }

  private Receiver peek(String name) {
    return known.getOrDefault(name, new Receiver());
  }

  private Receiver of(String name) {
    return known.computeIfAbsent(name, _ -> new Receiver());
  }

  /** A call to it begins. */
  synchronized void began(String name) {
    of(name).open++;
    forgetTheOldest();
  }

  /** A call to it is over, however it went. */
  synchronized void ended(String name) {
    of(name).open--;
  }

  /** This came back, after so long. */
  synchronized void heard(String name, Reply reply, Duration took, Instant now) {
    var receiver = of(name);
    if (reply.isTrouble()) {
      receiver.troubles++;
      receiver.allowed = 1;
      receiver.pausedUntil = now.plus(pause(receiver.troubles, reply.advice()));
    } else {
      receiver.troubles = 0;
      receiver.allowed =
          took.compareTo(QUICK) < 0 ? Math.min(2 * receiver.allowed, mostEach) : AT_FIRST;
    }
  }

  private static Duration pause(int troubles, Duration advice) {
    var usual = PAUSE.ceiling(troubles);
    var wish = advice.compareTo(LONGEST_ADVICE) < 0 ? advice : LONGEST_ADVICE;
    return usual.compareTo(wish) > 0 ? usual : wish;
  }

  private void forgetTheOldest() {
    var all = known.values().iterator();
    while (known.size() > MOST_KNOWN && all.hasNext()) {
      if (all.next().open == 0) {
        all.remove();
      }
    }
  }
}
