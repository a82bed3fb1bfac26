package dev.recado.worker.model;

import static dev.recado.job.ErrorCode.CONTENT_FILTERED;
import static dev.recado.job.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.recado.job.ErrorCode.DEADLINE_EXCEEDED;
import static dev.recado.job.ErrorCode.EMPTY_COMPLETION;
import static dev.recado.job.ErrorCode.MODEL_NOT_FOUND;
import static dev.recado.job.ErrorCode.PROVIDER_AUTH;
import static dev.recado.job.ErrorCode.PROVIDER_BAD_REQUEST;
import static dev.recado.job.ErrorCode.PROVIDER_BAD_RESPONSE;
import static dev.recado.job.ErrorCode.PROVIDER_CREDITS_EXHAUSTED;
import static dev.recado.job.ErrorCode.PROVIDER_OVERLOADED;
import static dev.recado.job.ErrorCode.PROVIDER_PERMISSION;
import static dev.recado.job.ErrorCode.PROVIDER_RATE_LIMITED;
import static dev.recado.job.ErrorCode.PROVIDER_TIMEOUT;

import dev.recado.job.ErrorCode;
import dev.recado.worker.model.ModelAnswer.Remedy;

/** Every way in which a call can end without an answer, with what may help against it. */
enum Refusal {
  /** The key is not accepted. Every job will fail until someone changes it. */
  AUTH(PROVIDER_AUTH, Remedy.NONE),
  /** The key may not do this. */
  PERMISSION(PROVIDER_PERMISSION, Remedy.NONE),
  /** No credit or quota; waiting does not bring it back, money does. */
  CREDITS(PROVIDER_CREDITS_EXHAUSTED, Remedy.NONE),
  /** Too many calls just now. */
  THROTTLED(PROVIDER_RATE_LIMITED, Remedy.WAIT),
  /** The server, or something before it, could not serve the call. */
  OVERLOADED(PROVIDER_OVERLOADED, Remedy.RETRY),
  /** The server had closed the connection that it had kept, and has hardly seen the call. */
  HUNG_UP(PROVIDER_OVERLOADED, Remedy.WAIT_ONCE),
  /** The server, or something before it, took the call, and nothing came in time. */
  TIMED_OUT(PROVIDER_TIMEOUT, Remedy.RETRY),
  /** The answer stopped in the middle: without {@code finish_reason}, it is not an answer. */
  TRUNCATED(PROVIDER_TIMEOUT, Remedy.RETRY),
  /** The same request would be refused again. */
  BAD_REQUEST(PROVIDER_BAD_REQUEST, Remedy.NONE),
  /** The text does not fit into the model. */
  CONTEXT_LENGTH(CONTEXT_LENGTH_EXCEEDED, Remedy.NONE),
  /** The server does not have this model. */
  UNKNOWN_MODEL(MODEL_NOT_FOUND, Remedy.NONE),
  /** The server's filter withheld the answer, or cut it. */
  FILTERED(CONTENT_FILTERED, Remedy.NONE),
  /** A success that makes no sense: no choices, no JSON, an error under status 200. */
  NONSENSE(PROVIDER_BAD_RESPONSE, Remedy.RETRY_ONCE),
  /** More than {@link AnswerLimits} allow. Asking again would cost the same and end the same. */
  TOO_LARGE(PROVIDER_BAD_RESPONSE, Remedy.NONE),
  /** The server is not who its name says. */
  UNTRUSTED(PROVIDER_BAD_RESPONSE, Remedy.NONE),
  /** The model ended well and said nothing. */
  EMPTY(EMPTY_COMPLETION, Remedy.NONE),
  /** The time the job had is over. */
  LATE(DEADLINE_EXCEEDED, Remedy.NONE);

  private final ErrorCode code;
  private final Remedy remedy;

  Refusal(ErrorCode code, Remedy remedy) {
    this.code = code;
    this.remedy = remedy;
  }

  ErrorCode code() {
    return code;
  }

  Remedy remedy() {
    return remedy;
  }
}
