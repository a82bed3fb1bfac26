package dev.recado.web.webhook;

import java.time.Duration;

/**
 * How much is sent at once, and how long for.
 *
 * @param most calls in flight in this process
 * @param mostPerReceiver calls in flight to one receiver that answers well
 * @param look after how long at most the outbox is looked at again; somebody in another process may
 *     have ended a job and said nothing of it
 * @param call how long one call may take, from the lookup of its name to the end of its answer's
 *     headers
 * @param stop how long a stop waits for the calls under way
 */
record Pace(int most, int mostPerReceiver, Duration look, Duration call, Duration stop) {

  static Pace usual() {
    return new Pace(64, 16, Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(5));
  }

  /** How long a sender is waited for: longer than any call, and than writing down how it went. */
  Duration lease() {
    return call.multipliedBy(2);
  }
}
