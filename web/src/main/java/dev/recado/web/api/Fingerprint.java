package dev.recado.web.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.recado.job.NewJob;
import dev.recado.job.Priority;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells two wishes apart without keeping them. It is taken of what a request means, not of its
 * bytes: blanks and the order of fields may differ.
 */
final class Fingerprint {
  // What it was when keys were first kept; one that is set anew makes no other wish of an old one.
  private static final Duration NO_TIME_NAMED = Duration.ofMinutes(10);

  private Fingerprint() {}

  /** A retry is told by the job that it repeats, whose texts may be gone when it is sent again. */
  static String of(Acceptance.Wish wish) {
    var repeated = wish.retryOf();
    return repeated == null ? of(wish.asJob(NO_TIME_NAMED)) : "retry:" + repeated;
  }

  static String of(NewJob job) {
    var digest = sha256();
    Stream.of(
            job.kind(),
            job.model(),
            job.inputJson(),
            job.metadataJson(),
            String.valueOf(job.timeToLive().toMillis()),
            job.priority() == Priority.NORMAL ? "" : job.priority().wireName(),
            job.runAt() == null ? "" : job.runAt().toString())
        .filter(part -> part == null || !part.isEmpty()) // as before there were all of these
        .map(part -> part == null ? "-" : part.length() + ":" + part)
        .forEach(part -> digest.update(part.getBytes(UTF_8)));
    // Only where there is one, so that keys used before there were webhooks are known again.
    if (job.webhook() != null) {
      digest.update(("webhook:" + job.webhook()).getBytes(UTF_8));
    }
    if (job.retryOf() != null) {
      digest.update(("retry:" + job.retryOf()).getBytes(UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of some texts in their order. */
  static String of(String... parts) {
    return Stream.of(parts).map(part -> part.length() + ":" + part).collect(Collectors.joining());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
