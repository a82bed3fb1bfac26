package dev.recado.worker.model;

import dev.recado.worker.model.ModelAnswer.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** What a server says about trying again: whether at all, and when. Never asked about a success. */
final class RetryAdvice {
  /** No server makes a job wait for longer; its word beyond that is taken for this. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  private RetryAdvice() {}

  /** The remedy, unless the server forbids it, or advises one where our own table only guesses. */
  static Remedy remedy(Refusal refusal, int status, Headers headers) {
    if (forbids(status, headers)) {
      return Remedy.NONE;
    }
    var guessed = refusal == Refusal.BAD_REQUEST && StatusPolicy.isUndecided(status);
    return guessed && says(headers, "x-should-retry", "true") ? Remedy.RETRY : refusal.remedy();
  }

  private static boolean forbids(int status, Headers headers) {
    return says(headers, "x-should-retry", "false")
        || says(headers, "x-fal-no-retry", "1")
        || says(headers, "x-fal-no-retry", "true")
        || (status == 504 && says(headers, "x-fal-request-timeout-type", "user"));
  }

  private static boolean says(Headers headers, String name, String value) {
    var said = headers.get(name);
    return said != null && said.strip().equalsIgnoreCase(value);
  }

  /** How long the server asks to wait, capped, or null if it does not say. */
  static @Nullable Duration delay(Headers headers, ProviderError error, Instant now) {
    return seconds(headers.get("retry-after-ms"), 0.001)
        .or(() -> seconds(headers.get("retry-after"), 1))
        .or(() -> date(headers, now))
        .or(() -> Optional.ofNullable(error.estimatedSeconds()).map(RetryAdvice::seconds))
        .or(() -> RateLimits.refill(headers, now).map(RetryAdvice::capped))
        .orElse(null);
  }

  private static Optional<Duration> seconds(@Nullable String number, double unit) {
    try {
      var value = number == null ? -1 : Double.parseDouble(number.strip()) * unit;
      return value >= 0 ? Optional.of(seconds(value)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Against the server's own clock if it shows one: ours may differ by more than the wait. */
  private static Optional<Duration> date(Headers headers, Instant now) {
    var until = headers.getInstant("retry-after");
    if (until == null) {
      return Optional.empty();
    }
    var serverNow = headers.getInstant("date");
    var wait = Duration.between(serverNow == null ? now : serverNow, until);
    return Optional.of(capped(wait));
  }

  private static Duration seconds(double seconds) {
    return capped(Duration.ofMillis((long) (1000 * seconds)));
  }

  private static Duration capped(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
