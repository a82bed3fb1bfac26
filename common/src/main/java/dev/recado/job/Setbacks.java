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
 */
public record Setbacks(int failures, int throttles, int crashes, int interruptions) {
  /** A job that has met none. */
  public static final Setbacks NONE = new Setbacks(0, 0, 0, 0);

  /** These and another failure. */
  public Setbacks plusFailure() {
    return new Setbacks(failures + 1, throttles, crashes, interruptions);
  }

  /** These and another throttle. */
  public Setbacks plusThrottle() {
    return new Setbacks(failures, throttles + 1, crashes, interruptions);
  }

  /** These and another interruption. */
  public Setbacks plusInterruption() {
    return new Setbacks(failures, throttles, crashes, interruptions + 1);
  }
}
