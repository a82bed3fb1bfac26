package dev.recado.worker.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether to ask for a stream: wherever the server can, as that shows life and survives proxies.
 */
enum Streaming {
  STREAM_WITH_USAGE,
  STREAM,
  PLAIN;

  private static final Pattern OPTIONS = Pattern.compile("stream_options|include_usage");
  private static final Pattern STREAM_WORD =
      Pattern.compile("\\bstream(ing|ed|s)?\\b", Pattern.CASE_INSENSITIVE);

  /** The simpler way to ask when a server refuses this one by name, or null. */
  @Nullable Streaming simplerAfter(@Nullable String param, String words) {
    if (this == PLAIN) {
      return null;
    }
    var complaint = param == null ? words : param + " " + words;
    if (this == STREAM_WITH_USAGE && OPTIONS.matcher(complaint).find()) {
      return STREAM;
    }
    return STREAM_WORD.matcher(complaint).find() ? PLAIN : null;
  }
}
