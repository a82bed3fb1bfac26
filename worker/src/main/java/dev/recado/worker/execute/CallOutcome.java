package dev.recado.worker.execute;

import dev.recado.job.JobError;
import dev.recado.worker.model.ModelAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a call tells about the model, which is not what it tells about the job. */
sealed interface CallOutcome {

  /** The model is there: it has answered, or has refused this one request for what it is. */
  record Answered() implements CallOutcome {}

  /**
   * The model could not be had.
   *
   * @param why in the contract's word
   * @param retryAfter how long the server asked to wait, or null
   * @param brokeOff whether an answer had begun
   */
  record Failed(String why, @Nullable Duration retryAfter, boolean brokeOff)
      implements CallOutcome {}

  /** It tells nothing: the call was cut, the key is wrong, the answer made no sense. */
  record Unclear() implements CallOutcome {}

  static CallOutcome of(ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Completed _ -> new Answered();
      case ModelAnswer.Refused refused -> of(refused);
      case ModelAnswer.Aborted _ -> new Unclear();
    };
  }

  private static CallOutcome of(ModelAnswer.Refused refused) {
    var error = refused.error();
    if (error.source() != JobError.Source.PROVIDER) {
      return new Unclear();
    }
    return switch (error.code()) {
      case PROVIDER_OVERLOADED, PROVIDER_RATE_LIMITED, PROVIDER_TIMEOUT ->
          new Failed(error.code().wireName(), refused.retryAfter(), refused.partial() != null);
      case PROVIDER_BAD_REQUEST,
          CONTEXT_LENGTH_EXCEEDED,
          EMPTY_COMPLETION,
          CONTENT_FILTERED,
          MODEL_NOT_FOUND ->
          new Answered();
      default -> new Unclear();
    };
  }
}
