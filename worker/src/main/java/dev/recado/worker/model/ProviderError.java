package dev.recado.worker.model;

import org.jspecify.annotations.Nullable;

/**
 * What a server said about an error, out of whichever envelope it came in. Raw: not yet scrubbed.
 *
 * @param message its words for people
 * @param type its word for the kind of error
 * @param code its finer word; numbers are in {@code status}
 * @param param the field of the request it complains about
 * @param status an HTTP status inside the body
 * @param estimatedSeconds how long a model will still be loading, or a limit will still hold
 * @param requestId the server's id of the call
 */
record ProviderError(
    @Nullable String message,
    @Nullable String type,
    @Nullable String code,
    @Nullable String param,
    @Nullable Integer status,
    @Nullable Double estimatedSeconds,
    @Nullable String requestId) {

  static ProviderError saying(@Nullable String message) {
    return new ProviderError(message, null, null, null, null, null, null);
  }

  /** This one, with what another one that lies behind it says more. */
  ProviderError behind(ProviderError cause) {
    return new ProviderError(
        joined(message, cause.message),
        type == null ? cause.type : type,
        code == null ? cause.code : code,
        param == null ? cause.param : param,
        status == null ? cause.status : status,
        estimatedSeconds == null ? cause.estimatedSeconds : estimatedSeconds,
        requestId == null ? cause.requestId : requestId);
  }

  private static @Nullable String joined(@Nullable String words, @Nullable String more) {
    if (words == null || more == null || words.contains(more)) {
      return words == null ? more : words;
    }
    return words + ": " + more;
  }

  boolean isSilent() {
    return message == null && type == null && code == null && status == null;
  }
}
