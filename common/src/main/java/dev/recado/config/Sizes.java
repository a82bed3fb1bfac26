package dev.recado.config;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts of bytes as people write them: {@code 0}, {@code 256MB}, {@code 2GB}. */
public final class Sizes {
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KB|MB|GB)?");
  private static final int STEP = 10;

  private Sizes() {}

  /** Reads one, in powers of 1024; empty if it is none. */
  public static OptionalLong parse(String text) {
    var size = SIZE.matcher(text);
    return size.matches()
        ? OptionalLong.of(Long.parseLong(size.group(1)) << shift(size.group(2)))
        : OptionalLong.empty();
  }

  private static int shift(@Nullable String unit) {
    return unit == null ? 0 : STEP * (1 + "KMG".indexOf(unit.charAt(0)));
  }

  /** Writes one so that {@link #parse} reads it back. */
  public static String format(long bytes) {
    for (var unit : new String[] {"GB", "MB", "KB"}) {
      if (bytes > 0 && bytes % (1L << shift(unit)) == 0) {
        return (bytes >> shift(unit)) + unit;
      }
    }
    return Long.toString(bytes);
  }
}
