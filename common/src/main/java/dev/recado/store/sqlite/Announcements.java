package dev.recado.store.sqlite;

import dev.recado.job.NewJob;
import dev.recado.lifecycle.FailPoint;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Tells of new jobs just before their commit. Whoever hears of one and claims has to wait for the
 * write lock, and so for the commit: by then the job is there, or was never accepted. Only the
 * writer's thread tells; the rest is thread-safe.
 */
final class Announcements {
  private volatile Consumer<NewJob> listener = _ -> {};
  private final AtomicInteger underWay = new AtomicInteger();

  /** From the next transaction on this one hears of them. */
  void to(Consumer<NewJob> other) {
    listener = other;
  }

  void announce(NewJob job) {
    // First, so that nobody can have heard of a job that is neither in the store nor counted here.
    underWay.incrementAndGet();
    listener.accept(job);
    FailPoint.RUNG.reached();
  }

  /** Those announced can be found, or never will be. */
  void over() {
    underWay.set(0);
  }

  /** How many jobs were announced whose transaction is still open. */
  int underWay() {
    return underWay.get();
  }
}
