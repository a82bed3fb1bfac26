package dev.recado.web.stream;

import java.time.Duration;

/**
 * How streams are kept.
 *
 * @param most how many may be open at once
 * @param look after how long at most each looks at its job again, and at its client; whoever
 *     changes the job in another process may say nothing of it
 * @param keepalive after how long without an event a comment is sent; not shorter than a look
 */
public record StreamSettings(int most, Duration look, Duration keepalive) {

  /** A thousand streams, a look every half second, a word every 15 seconds. */
  public static StreamSettings usual() {
    return new StreamSettings(1_000, Duration.ofMillis(500), Duration.ofSeconds(15));
  }
}
