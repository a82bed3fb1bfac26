package dev.recado.web.answer;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Ids by which a client, a proxy and our log speak of the same request. They are no secret, so they
 * need no secure randomness.
 */
public final class RequestIds {
  /** The header that carries them, both ways. */
  public static final String HEADER = "X-Request-Id";

  private static final int LONGEST = 128;
  private static final HexFormat HEX = HexFormat.of();

  private RequestIds() {}

  /** The id the client sent, if it can safely stand in a header and in a log; else a new one. */
  public static String of(@Nullable String sent) {
    return sent != null && isSane(sent) ? sent : next();
  }

  private static String next() {
    var random = ThreadLocalRandom.current();
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
  }

  private static boolean isSane(String id) {
    return !id.isEmpty() && id.length() <= LONGEST && id.chars().allMatch(RequestIds::isSane);
  }

  private static boolean isSane(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
