package dev.recado.job;

import org.jspecify.annotations.Nullable;

/**
 * The one classified error of a job that ended without a result.
 *
 * @param code why, as a stable code
 * @param message for people; already scrubbed of keys and prompts, at most a few hundred characters
 * @param source who said so
 * @param providerStatus the provider's HTTP status, if it answered with one
 * @param retryable whether the same job may succeed if submitted again later
 * @param requestId the provider's id of the call, if it sent one
 */
public record JobError(
    ErrorCode code,
    String message,
    Source source,
    @Nullable Integer providerStatus,
    boolean retryable,
    @Nullable String requestId) {

  /** Who found the error. */
  public enum Source {
    /** The model server, or the way to it. */
    PROVIDER,
    /** Recado itself. */
    RECADO
  }

  /** The job was not done by its deadline; with more time it may be. */
  public static JobError late() {
    return ours(ErrorCode.DEADLINE_EXCEEDED, "The deadline passed before the job was done.", true);
  }

  /** An error that Recado itself found. */
  public static JobError ours(ErrorCode code, String message, boolean retryable) {
    return new JobError(code, message, Source.RECADO, null, retryable, null);
  }
}
