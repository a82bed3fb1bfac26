package dev.recado.store;

import dev.recado.job.JobId;
import dev.recado.job.NewJob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a job that is to be accepted once, however often it is sent. */
public sealed interface OnceOutcome {
  /**
   * It was sent for the first time.
   *
   * @param job what it asked for
   */
  record Accepted(NewJob job, Receipt receipt) implements OnceOutcome {}

  /**
   * It had been accepted before.
   *
   * @param job its name then
   * @param deadline what was answered then
   * @param position its place in line then, from 1; null if its time had not come
   */
  record Repeated(JobId job, Instant deadline, @Nullable Long position) implements OnceOutcome {}

  /** The key stands for another wish. Nothing was accepted. */
  record KeyReused() implements OnceOutcome {}
}
