package dev.recado.web.input;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a client would like best ({@code Prefer}, RFC 7240). A preference that cannot be read is
 * none: it must never be the reason for an error.
 */
public final class Preference {
  /** Proxies give up on an answer after 60 seconds, as a rule. */
  public static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

  private static final Pattern WAIT =
      Pattern.compile(
          "(?:^|[,;])\\s*wait\\s*=\\s*\"?(\\d{1,18})\"?\\s*(?:[,;]|$)", Pattern.CASE_INSENSITIVE);

  private Preference() {}

  /** How long the client would wait for the end of its job; at most {@link #LONGEST_WAIT}. */
  public static Optional<Duration> toWait(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Prefer")).stream()
        .map(WAIT::matcher)
        .filter(matcher -> matcher.find())
        .map(matcher -> Duration.ofSeconds(Long.parseLong(matcher.group(1))))
        .filter(Duration::isPositive)
        .map(wish -> wish.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wish)
        .findFirst();
  }
}
