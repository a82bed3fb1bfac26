package dev.recado.lifecycle;

/**
 * The moments at which it matters most whether a process dies: each lies between two steps that
 * cannot be one. Reaching a point does nothing at all. Tests rewrite {@link #reached} as the class
 * is loaded, and kill, stop or trip the process there; the program itself has no switch for it.
 *
 * <p>Two usual points are missing, because their steps are. Nothing is marked as published: the row
 * is the outbox, and a lost ring is rung again ({@link #PUBLISHED} is as near as it gets). Nothing
 * is acknowledged after a result: rings are acknowledged at the claim ({@link #CLAIMED}).
 */
public enum FailPoint {
  /** Any process: a group of changes is written, its commit is not. */
  BEFORE_COMMIT,
  /** Any process: a group of changes is durable, and nobody has been told. */
  AFTER_COMMIT,

  /** Web: the doorbell has been rung for new jobs, they are not written, no commit. */
  RUNG,
  /** Web: a job is durable, the 202 is not written. */
  ACCEPTED,
  /** Web: a piece of a batch is written, no commit. */
  MID_BATCH,
  /** Web: rings are with the broker, which has not confirmed them. */
  PUBLISHED,

  /** Worker: a ring was delivered, nothing is claimed for it. */
  DELIVERED,
  /** Worker: jobs are claimed, their rings are not acknowledged. */
  CLAIMED,
  /** Worker: the rings of claimed jobs are acknowledged. */
  ACKNOWLEDGED,
  /** Worker: a part of the model's answer was read. */
  MID_STREAM,
  /** Worker: an attempt has ended, its outcome is not written. */
  ANSWERED,
  /** Worker: an outcome is durable, its attempt still counts as running. */
  SETTLED,

  /** Sweeper: jobs of a lost worker are queued again, the worker is not forgotten, no commit. */
  MID_SWEEP,
  /** Retention: some of what is old is erased, no commit. */
  MID_PURGE;

  /** Says that this moment has come. */
  public void reached() {}
}
