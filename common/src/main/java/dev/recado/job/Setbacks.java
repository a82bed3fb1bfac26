package dev.recado.job;

/**
 * What has already gone wrong with a job, each kind with its own budget, so that a busy provider or
 * a deploy does not use up the tries of a job that never failed.
 *
 * @param failures attempts that ended in a retryable error
 * @param throttles attempts the provider turned away with 429
 * @param crashes attempts whose worker was lost
 * @param interruptions attempts that made no call to the end: handed back by a worker that was told
 *     to stop, or put off because the model was away
 * @param nonsense of the failures, those that were an answer that made no sense; a store counts
 *     them by their code, {@link ErrorCode#PROVIDER_BAD_RESPONSE}
 */
public record Setbacks(int failures, int throttles, int crashes, int interruptions, int nonsense) {
  /** A job that has met none. */
  public static final Setbacks NONE = new Setbacks(0, 0, 0, 0);

  /** Setbacks of which none was an answer that made no sense. */
  public Setbacks(int failures, int throttles, int crashes, int interruptions) {
    this(failures, throttles, crashes, interruptions, 0);
  }

  /** These and another failure, for this reason. */
  public Setbacks plusFailure(ErrorCode why) {
    var more = why == ErrorCode.PROVIDER_BAD_RESPONSE ? 1 : 0;
    return new Setbacks(failures + 1, throttles, crashes, interruptions, nonsense + more);
  }

  /** These and another throttle. */
  public Setbacks plusThrottle() {
    return new Setbacks(failures, throttles + 1, crashes, interruptions, nonsense);
  }

  /** These and another interruption. */
  public Setbacks plusInterruption() {
    return new Setbacks(failures, throttles, crashes, interruptions + 1, nonsense);
  }
}
