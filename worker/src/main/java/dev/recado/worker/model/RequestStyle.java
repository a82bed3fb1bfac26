package dev.recado.worker.model;

import org.jspecify.annotations.Nullable;

/**
 * How to ask a server.
 *
 * @param streaming whether to ask for a stream
 * @param lengthField how to spell the longest answer wanted
 */
record RequestStyle(Streaming streaming, LengthField lengthField) {
  /** What most servers understand. */
  static final RequestStyle USUAL =
      new RequestStyle(Streaming.STREAM_WITH_USAGE, LengthField.MAX_TOKENS);

  /**
   * The style to ask in when a server refuses this one by name, or null. A request refused like
   * this has run no model, so asking once more is no second bill.
   *
   * @param words what the server said, scrubbed
   */
  @Nullable RequestStyle otherAfter(int status, ProviderError error, String words) {
    if (status != 400 && status != 422) {
      return null;
    }
    if (lengthField.isRefusedBy(error, words)) {
      return new RequestStyle(streaming, lengthField.other());
    }
    var simpler = streaming.simplerAfter(error.param(), words);
    return simpler == null ? null : new RequestStyle(simpler, lengthField);
  }
}
