package dev.recado.web.webhook;

import java.time.Duration;

/** What came back from a receiver. */
sealed interface Reply {
  /**
   * It answered.
   *
   * @param status its HTTP status
   * @param retryAfter how long it asks to be left alone; zero if it does not say
   */
  record Answered(int status, Duration retryAfter) implements Reply {}

  /**
   * It did not.
   *
   * @param why in words, to be read after the receiver's name
   */
  record Silence(String why) implements Reply {}

  /** Whether the receiver as a whole seems to be in trouble, whatever it was sent. */
  default boolean isTrouble() {
    return switch (this) {
      case Answered(var status, var _) ->
          status == 429 || status == 502 || status == 503 || status == 504;
      case Silence _ -> true;
    };
  }

  /** How long it asks to be left alone. */
  default Duration advice() {
    return this instanceof Answered(var _, var retryAfter) ? retryAfter : Duration.ZERO;
  }
}
