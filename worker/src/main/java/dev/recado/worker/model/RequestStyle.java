package dev.recado.worker.model;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How to ask: as a stream wherever the server can, as that shows life and survives proxies. */
enum RequestStyle {
  STREAM_WITH_USAGE,
  STREAM,
  PLAIN;

  private static final Pattern OPTIONS = Pattern.compile("stream_options|include_usage");
  private static final Pattern STREAM_WORD =
      Pattern.compile("\\bstream(ing|ed|s)?\\b", Pattern.CASE_INSENSITIVE);

  /**
   * The simpler style to ask in when a server refuses this one by name, or null. A request refused
   * like this has run no model, so asking once more is no second bill.
   */
  @Nullable RequestStyle simplerAfter(int status, @Nullable String param, String words) {
    if (this == PLAIN || (status != 400 && status != 422)) {
      return null;
    }
    var complaint = param == null ? words : param + " " + words;
    if (this == STREAM_WITH_USAGE && OPTIONS.matcher(complaint).find()) {
      return STREAM;
    }
    return STREAM_WORD.matcher(complaint).find() ? PLAIN : null;
  }
}
