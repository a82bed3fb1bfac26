package dev.recado.trace;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a span, as W3C Trace Context spells it: {@code 00-<trace>-<span>-<flags>}.
 *
 * @param traceId the trace, 32 hex digits
 * @param spanId the span within it, 16 hex digits
 * @param flags two hex digits; the last bit says that somebody records it
 */
public record Traceparent(String traceId, String spanId, String flags) {
  /** The header that carries it, in HTTP and in messages. */
  public static final String HEADER = "traceparent";

  // Later versions may say more behind the flags; all begin like this one.
  private static final Pattern FORM =
      Pattern.compile("(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final Pattern ZERO = Pattern.compile("0+");
  private static final String THIS_VERSION = "00";

  /** What the header says; empty if it says nothing that makes sense. */
  public static Optional<Traceparent> parse(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    var form = FORM.matcher(header);
    if (!form.matches() || (form.group(1).equals(THIS_VERSION) && form.group(5) != null)) {
      return Optional.empty();
    }
    return isZero(form.group(2)) || isZero(form.group(3))
        ? Optional.empty()
        : Optional.of(new Traceparent(form.group(2), form.group(3), form.group(4)));
  }

  private static boolean isZero(String id) {
    return ZERO.matcher(id).matches();
  }

  /** The trace that a good header, or what was kept of one, names; null for null. */
  public static @Nullable String traceId(@Nullable String text) {
    return parse(text).map(Traceparent::traceId).orElse(null);
  }

  /** As the header has it. */
  @Override
  public String toString() {
    return THIS_VERSION + "-" + traceId + "-" + spanId + "-" + flags;
  }
}
