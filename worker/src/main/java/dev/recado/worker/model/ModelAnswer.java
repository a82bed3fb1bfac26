package dev.recado.worker.model;

import dev.recado.job.JobError;
import dev.recado.job.JobResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a call to a model ended: the closed set the worker decides upon. */
public sealed interface ModelAnswer {

  /** The model answered in full. */
  record Completed(JobResult result) implements ModelAnswer {}

  /**
   * There is no usable answer.
   *
   * @param error classified and scrubbed; its {@code retryable} says whether another call may help
   * @param remedy what the policy of retries should do about it
   * @param retryAfter how long the provider asked to wait, capped, or null
   * @param partial what arrived before the end (text, reasoning, usage), or null
   */
  record Refused(
      JobError error, Remedy remedy, @Nullable Duration retryAfter, @Nullable JobResult partial)
      implements ModelAnswer {}

  /** {@link ModelCall#cancel} was called first. */
  record Aborted() implements ModelAnswer {}

  /** What may help against a refusal. */
  enum Remedy {
    /** Nothing: the same request would be refused again. */
    NONE,
    /** One more try; a second answer of this kind is final (an answer that makes no sense). */
    RETRY_ONCE,
    /** Another try, as long as the job has some left. */
    RETRY,
    /**
     * Waiting: the provider is throttling, which costs a job no try unless the call may be paid.
     */
    WAIT,
    /**
     * Waiting, which costs a job no try if it never had to wait before: the call was in vain as far
     * as can be told, and if it was not, it is paid twice, but not again and again.
     */
    WAIT_ONCE
  }
}
