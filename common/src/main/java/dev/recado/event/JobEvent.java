package dev.recado.event;

import dev.recado.job.JobId;
import dev.recado.job.JobState;

/** Something that happened to a job and that another process may want to know at once. */
public sealed interface JobEvent {

  /** The job it happened to. */
  JobId job();

  /** The job has entered a state. */
  record StateChanged(JobId job, JobState state) implements JobEvent {}

  /**
   * Another process is about to write the end of the job. Whoever looks for it may be too early, or
   * look in vain; {@link StateChanged} follows once it is there.
   */
  record EndForetold(JobId job) implements JobEvent {}

  /** A running attempt has said more, and the store has it. */
  record OutputGrew(JobId job, int attempt) implements JobEvent {}

  /** The job was canceled, expired or failed in a worker's hands: whoever runs it should stop. */
  record TakenAway(JobId job) implements JobEvent {}
}
