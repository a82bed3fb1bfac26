package dev.recado.store;

import dev.recado.job.JobId;

/** What became of a job that is to be accepted once, however often it is sent. */
public sealed interface OnceOutcome {
  /** It was sent for the first time. */
  record Accepted(Receipt receipt) implements OnceOutcome {}

  /**
   * It had been accepted before.
   *
   * @param job its name then
   * @param receipt what was answered then
   */
  record Repeated(JobId job, Receipt receipt) implements OnceOutcome {}

  /** The key stands for another wish. Nothing was accepted. */
  record KeyReused() implements OnceOutcome {}
}
