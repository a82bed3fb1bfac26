package dev.recado.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How one attempt at a job ends: the closed set of outcomes a worker can record. */
public sealed interface Settlement {

  /** The state the job is in afterwards. */
  JobState next();

  /**
   * The job is done and has a result.
   *
   * @param firstToken how long it took until the first word of it; null if nobody saw it
   */
  record Succeed(JobResult result, @Nullable Duration firstToken) implements Settlement {
    /** One whose first word nobody saw. */
    public Succeed(JobResult result) {
      this(result, null);
    }

    @Override
    public JobState next() {
      return JobState.SUCCEEDED;
    }
  }

  /**
   * The job is done and has none.
   *
   * @param error why
   * @param partial what there was of an answer, or null
   */
  record Fail(JobError error, @Nullable JobResult partial) implements Settlement {
    @Override
    public JobState next() {
      return JobState.FAILED;
    }
  }

  /** The deadline passed while the attempt ran. */
  record Expire(JobError error) implements Settlement {
    @Override
    public JobState next() {
      return JobState.EXPIRED;
    }
  }

  /**
   * The attempt failed in a way that may pass: try again, not before the given time.
   *
   * @param setbacks the job's setbacks including this one
   */
  record Retry(Instant notBefore, JobError error, Setbacks setbacks) implements Settlement {
    @Override
    public JobState next() {
      return JobState.QUEUED;
    }
  }

  /**
   * The worker was told to stop: the job goes back to the queue at once, and it costs no try.
   *
   * @param setbacks the job's setbacks including this one
   */
  record HandBack(Setbacks setbacks) implements Settlement {
    @Override
    public JobState next() {
      return JobState.QUEUED;
    }
  }

  /**
   * The model was not asked, as it does not answer anybody just now: the job goes back to the
   * queue, and it costs no try.
   *
   * @param setbacks the job's setbacks including this one
   */
  record PutOff(Instant notBefore, Setbacks setbacks) implements Settlement {
    @Override
    public JobState next() {
      return JobState.QUEUED;
    }
  }
}
