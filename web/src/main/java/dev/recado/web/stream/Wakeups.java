package dev.recado.web.stream;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.job.JobId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes those who wait for a job when the bus tells of it: one subscription for all of them. */
final class Wakeups {
  private final Map<JobId, Set<Wakeup>> sleepers = new ConcurrentHashMap<>();

  /** Listens for as long as the bus lives. */
  Wakeups(JobEvents events) {
    events.subscribe(this::hear);
  }

  private void hear(JobEvent event) {
    if (event instanceof JobEvent.StateChanged) {
      sleepers.getOrDefault(event.job(), Set.of()).forEach(Wakeup::ring);
    }
  }

  /** From now on no event of this job is missed. */
  Wakeup of(JobId job) {
    var wakeup = new Wakeup(job);
    sleepers.compute(
        job,
        (id, others) -> {
          var all = others == null ? ConcurrentHashMap.<Wakeup>newKeySet() : others;
          all.add(wakeup);
          return all;
        });
    return wakeup;
  }

  private void forget(Wakeup wakeup) {
    sleepers.computeIfPresent(
        wakeup.job,
        (id, all) -> {
          all.remove(wakeup);
          return all.isEmpty() ? null : all;
        });
  }

  /** One who waits. */
  final class Wakeup implements AutoCloseable {
    private final JobId job;
    private final Semaphore bell = new Semaphore(0);

    private Wakeup(JobId job) {
      this.job = job;
    }

    private void ring() {
      bell.release();
    }

    /** Returns when the bell has rung since the last time, or after so long. */
    void await(Duration atMost) throws InterruptedException {
      if (bell.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
        bell.drainPermits();
      }
    }

    @Override
    public void close() {
      forget(this);
    }
  }
}
