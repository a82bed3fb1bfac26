package dev.recado.worker.model;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * When a limit that is used up is filled again, from the headers that tell of limits. Each server
 * has its own: one structured field (HuggingFace), or pairs of headers, whose reset is a duration
 * ({@code 1m30.5s}, {@code 20ms}: OpenAI, Groq), a number of seconds (Azure), or a moment in
 * seconds or milliseconds since 1970 (OpenRouter).
 */
final class RateLimits {
  private static final List<String> PAIRS =
      List.of("ratelimit-%s", "x-ratelimit-%s", "x-ratelimit-%s-requests", "x-ratelimit-%s-tokens");
  private static final Pattern FIELD_RESET = Pattern.compile("(?:;\\s*t|\\breset)=(\\d{1,9})");
  private static final Pattern FIELD_REMAINING =
      Pattern.compile("(?:;\\s*r|\\bremaining)=(\\d{1,9})");
  private static final Pattern NOTHING = Pattern.compile("0+|-\\d+");
  private static final Pattern NUMBER = Pattern.compile("\\d{1,13}(\\.\\d{1,9})?");
  private static final Pattern MILLIS = Pattern.compile("(\\d{1,9})(\\.\\d{1,9})?ms");

  /** Numbers from here on are moments: as durations they would be longer than thirty years. */
  private static final double MOMENT = 1e9;

  private static final double MOMENT_IN_MILLIS = 1e12;

  private RateLimits() {}

  /** Until the last of the limits that are used up is filled again; negative if it has been. */
  static Optional<Duration> refill(Headers headers, Instant now) {
    var serverNow = Optional.ofNullable(headers.getInstant("date")).orElse(now);
    return field(headers.get("ratelimit"))
        .or(() ->
            PAIRS.stream()
                .map(pair -> refill(headers, pair, serverNow))
                .flatMap(Optional::stream)
                .max(Duration::compareTo));
  }

  /** {@code ratelimit: "api";r=0;t=55}, or {@code limit=100, remaining=0, reset=55}. */
  private static Optional<Duration> field(@Nullable String limit) {
    return limit != null && number(FIELD_REMAINING, limit).orElse(0L) == 0
        ? number(FIELD_RESET, limit).map(Duration::ofSeconds)
        : Optional.empty();
  }

  private static Optional<Long> number(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    return found.find() ? Optional.of(Long.valueOf(found.group(1))) : Optional.empty();
  }

  private static Optional<Duration> refill(Headers headers, String pair, Instant now) {
    var remaining = headers.get(pair.formatted("remaining"));
    var reset = headers.get(pair.formatted("reset"));
    return reset != null && remaining != null && NOTHING.matcher(remaining.strip()).matches()
        ? until(reset.strip(), now)
        : Optional.empty();
  }

  private static Optional<Duration> until(String reset, Instant now) {
    if (NUMBER.matcher(reset).matches()) {
      return Optional.of(until(Double.parseDouble(reset), now));
    }
    var millis = MILLIS.matcher(reset);
    if (millis.matches()) {
      return Optional.of(Duration.ofMillis(Long.parseLong(millis.group(1))));
    }
    try {
      return Optional.of(Duration.parse("PT" + reset));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Duration until(double reset, Instant now) {
    if (reset < MOMENT) {
      return Duration.ofMillis((long) (reset * 1_000));
    }
    var millis = reset < MOMENT_IN_MILLIS ? reset * 1_000 : reset;
    return Duration.between(now, Instant.ofEpochMilli((long) millis));
  }
}
