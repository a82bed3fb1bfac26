package dev.recado.web.wait;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.job.JobId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Those who wait for something to happen to a job, and are woken when the bus tells of it: one
 * subscription for all of them, which lasts as long as the bus. Thread-safe.
 */
public final class Sleepers {
  private final Map<JobId, Set<Sleeper>> byJob = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  /** Nobody sleeps yet. */
  public Sleepers(JobEvents events) {
    events.subscribe(this::hear);
  }

  /** One who waits; the same one may not wait twice at a time. */
  public interface Sleeper {
    /** Hears of its job. Must be quick, as the thread is that of whoever tells of it. */
    void wake(JobEvent event);
  }

  private void hear(JobEvent event) {
    byJob.getOrDefault(event.job(), Set.of()).forEach(sleeper -> sleeper.wake(event));
  }

  /** From now on this one is woken by each event of the job. */
  public void add(JobId job, Sleeper sleeper) {
    count.incrementAndGet();
    byJob.compute(
        job,
        (id, others) -> {
          var all = others == null ? ConcurrentHashMap.<Sleeper>newKeySet() : others;
          all.add(sleeper);
          return all;
        });
  }

  /** How many there are. */
  int count() {
    return count.get();
  }

  /** Undoes {@link #add}. */
  public void remove(JobId job, Sleeper sleeper) {
    count.decrementAndGet();
    byJob.computeIfPresent(
        job,
        (id, all) -> {
          all.remove(sleeper);
          return all.isEmpty() ? null : all;
        });
  }
}
