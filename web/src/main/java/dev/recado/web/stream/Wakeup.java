package dev.recado.web.stream;

import dev.recado.event.JobEvent;
import dev.recado.job.JobId;
import dev.recado.web.wait.Sleepers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bell for a thread that sleeps until something happens to its job. */
final class Wakeup implements Sleepers.Sleeper, AutoCloseable {
  private final Sleepers sleepers;
  private final JobId job;
  private final Semaphore bell = new Semaphore(0);

  private Wakeup(Sleepers sleepers, JobId job) {
    this.sleepers = sleepers;
    this.job = job;
  }

  /** From now on no event of this job is missed. */
  static Wakeup of(Sleepers sleepers, JobId job) {
    var wakeup = new Wakeup(sleepers, job);
    sleepers.add(job, wakeup);
    return wakeup;
  }

  @Override
  public void wake(JobEvent event) {
    if (!(event instanceof JobEvent.EndForetold)) {
      bell.release();
    }
  }

  /** Returns when the bell has rung since the last time, or after so long. */
  void await(Duration atMost) throws InterruptedException {
    if (bell.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
      bell.drainPermits();
    }
  }

  @Override
  public void close() {
    sleepers.remove(job, this);
  }
}
