package dev.recado.job;

import java.util.Locale;
import java.util.Optional;

/** Why a job ended without a result: the stable codes of the HTTP contract. */
public enum ErrorCode {
  /** The provider did not accept the key (401). */
  PROVIDER_AUTH,
  /** The key is known but may not do this (403). */
  PROVIDER_PERMISSION,
  /** The account has no credit or quota left (402, or 429 with {@code insufficient_quota}). */
  PROVIDER_CREDITS_EXHAUSTED,
  /** Too many calls (429), for longer than the deadline allowed waiting. */
  PROVIDER_RATE_LIMITED,
  /** The provider could not serve the call (5xx, no connection, loading model). */
  PROVIDER_OVERLOADED,
  /** The provider had the request and did not answer in time, or stopped in the middle. */
  PROVIDER_TIMEOUT,
  /** The provider refuses this request for good (400, 413, 422, …). */
  PROVIDER_BAD_REQUEST,
  /** The text is longer than the model can take. */
  CONTEXT_LENGTH_EXCEEDED,
  /** The provider answered with something that is not an answer, or with far too much. */
  PROVIDER_BAD_RESPONSE,
  /** The model ended well and said nothing. */
  EMPTY_COMPLETION,
  /** The provider's filter withheld the answer. */
  CONTENT_FILTERED,
  /** The provider does not know the model. */
  MODEL_NOT_FOUND,
  /** The job's workers died under it too often. */
  WORKER_LOST,
  /** The deadline passed before there was a result. */
  DEADLINE_EXCEEDED;

  /** The spelling in the HTTP contract and in the store: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The code with this spelling, if there is one. */
  public static Optional<ErrorCode> fromWireName(String wireName) {
    for (var code : values()) {
      if (code.wireName().equals(wireName)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}
