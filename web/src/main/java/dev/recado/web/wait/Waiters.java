package dev.recado.web.wait;

import static java.util.stream.Collectors.groupingBy;

import dev.recado.event.JobEvent;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Requests that wait for a job's end. The bus wakes them; since an event may be lost, all that is
 * waited for is looked at once a second as well, and who waits. A waiter costs a few hundred bytes
 * and no thread. Thread-safe.
 */
public final class Waiters implements AutoCloseable {
  private static final Log log = Log.of(Waiters.class);
  private static final String NAME = "waiters";

  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);

  /** So often is looked for what was foretold; after that the news of its end will wake us. */
  private static final int AHEAD_LOOKS = 8;

  private static final Duration BETWEEN_LOOKS = Duration.ofNanos(300_000);

  private final JobStore store;
  private final Sleepers sleepers;
  private final int most;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private final AtomicInteger count = new AtomicInteger();
  private final ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, daemon());
  // Of the clock's thread alone.
  private Thread round = Thread.ofVirtual().unstarted(() -> {});
  private volatile boolean closed;

  /**
   * Nobody waits yet.
   *
   * @param most how many may wait at once
   */
  public Waiters(JobStore store, Sleepers sleepers, int most) {
    this.store = store;
    this.sleepers = sleepers;
    this.most = most;
    clock.setRemoveOnCancelPolicy(true);
    // Who comes when it is closed is sent away anyway.
    clock.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    var _ =
        clock.scheduleWithFixedDelay(
            this::lookAtAll, LOOK_ANYWAY.toNanos(), LOOK_ANYWAY.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How many wait. */
  int count() {
    return count.get();
  }

  private static ThreadFactory daemon() {
    return Thread.ofPlatform().name(NAME).daemon().factory();
  }

  /**
   * Waits for the end of a job, if there is a place to wait.
   *
   * @return completes as {@link Place#await} does; at once with nothing if too many wait
   */
  public CompletableFuture<Optional<Job>> await(
      JobId job, Duration atMost, BooleanSupplier hasHungUp) {
    return reserve()
        .map(place -> place.await(job, atMost, hasHungUp))
        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
  }

  /** A place for one that will wait; empty if too many do. */
  public Optional<Place> reserve() {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return Optional.empty();
    }
    return Optional.of(new Place());
  }

  /** A place for one that waits. Closed before that, it is free again. For one thread. */
  public final class Place implements AutoCloseable {
    private boolean isTaken;

    private Place() {}

    /**
     * Waits for the end of a job, and leaves the place then. Once only.
     *
     * @param hasHungUp whether there is nobody any more who waits; asked once a second, and no more
     *     when it is over
     * @return completes with the job once it has ended; with nothing when the time is over, the
     *     server stops, nobody waits any more or there is no such job. Never completes
     *     exceptionally.
     */
    public CompletableFuture<Optional<Job>> await(
        JobId job, Duration atMost, BooleanSupplier hasHungUp) {
      isTaken = true;
      return Waiters.this.enter(new Waiter(job, hasHungUp), atMost);
    }

    @Override
    public void close() {
      if (!isTaken) {
        count.decrementAndGet();
      }
    }
  }

  private CompletableFuture<Optional<Job>> enter(Waiter waiter, Duration atMost) {
    add(waiter);
    var timeout = clock.schedule(waiter::leave, atMost.toNanos(), TimeUnit.NANOSECONDS);
    // After it was added: an end that nobody told us of has been before, and is seen now.
    look(waiter.job, List.of(waiter));
    if (closed) {
      waiter.leave();
    }
    return waiter.end.whenComplete((end, impossible) -> {
      timeout.cancel(false);
      remove(waiter);
    });
  }

  private final class Waiter implements Sleepers.Sleeper {
    private final JobId job;
    private final BooleanSupplier hasHungUp;
    private final CompletableFuture<Optional<Job>> end = new CompletableFuture<>();

    Waiter(JobId job, BooleanSupplier hasHungUp) {
      this.job = job;
      this.hasHungUp = hasHungUp;
    }

    // Not on the thread that tells of it, which may be the worker's.
    @Override
    public void wake(JobEvent event) {
      switch (event) {
        case JobEvent.EndForetold _ -> elsewhere(this::lookForAMoment);
        case JobEvent.StateChanged(_, var state) when state.isTerminal() ->
            elsewhere(() -> answer(job, List.of(this)));
        case JobEvent.StateChanged _, JobEvent.OutputGrew _, JobEvent.TakenAway _ -> {}
      }
    }

    private static void elsewhere(Runnable look) {
      Thread.startVirtualThread(() -> withoutHarm(look));
    }

    // It is not there yet, if its sync takes longer than the news.
    private void lookForAMoment() {
      for (var looks = 0; looks < AHEAD_LOOKS && !end.isDone(); looks++) {
        if (looks > 0) {
          LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        answerIfEnded(job, List.of(this));
      }
    }

    void leave() {
      end(Optional.empty());
    }

    synchronized void end(Optional<Job> how) {
      end.complete(how);
    }

    // Never beside an end: what the connection brings then is the next request.
    synchronized void leaveIfAlone() {
      if (!end.isDone() && hasHungUp.getAsBoolean()) {
        leave();
      }
    }
  }

  private void add(Waiter waiter) {
    waiting.add(waiter);
    sleepers.add(waiter.job, waiter);
  }

  private void remove(Waiter waiter) {
    count.decrementAndGet();
    waiting.remove(waiter);
    sleepers.remove(waiter.job, waiter);
  }

  // Not on the clock's one thread, which has timeouts to keep, and forgets a task that throws.
  private void lookAtAll() {
    try {
      if (!round.isAlive()) {
        round = Thread.startVirtualThread(this::goRound);
      }
    } catch (RuntimeException | Error mistake) {
      log.tellWhy(mistake, LogEvent.PART_MISTAKE, NAME);
    }
  }

  private void goRound() {
    waiting.forEach(waiter -> withoutHarm(waiter::leaveIfAlone));
    waiting.stream().collect(groupingBy(waiter -> waiter.job)).forEach(this::look);
  }

  private void look(JobId job, List<Waiter> waiters) {
    withoutHarm(() -> answerIfEnded(job, waiters));
  }

  /** Looks at one job for all of these. Its texts are read once it has ended, and not before. */
  private void answerIfEnded(JobId job, List<Waiter> waiters) {
    store
        .state(Tenant.DEFAULT, job)
        .filter(JobState::isTerminal)
        .ifPresent(_ -> answer(job, waiters));
  }

  private void answer(JobId job, List<Waiter> waiters) {
    store
        .findOutcome(Tenant.DEFAULT, job)
        .filter(found -> found.state().isTerminal())
        .ifPresent(ended -> waiters.forEach(waiter -> waiter.end(Optional.of(ended))));
  }

  private static void withoutHarm(Runnable look) {
    try {
      look.run();
    } catch (StoreUnavailableException e) {
      // The next look may find it; whoever waits gets the usual answer in the end.
      return;
    } catch (RuntimeException | Error mistake) {
      // One job that cannot be read must not keep the others from being looked at.
      log.tellWhy(mistake, LogEvent.PART_MISTAKE, NAME);
    }
  }

  /** Sends everybody away with what there is. */
  @Override
  public void close() {
    closed = true;
    clock.shutdownNow();
    waiting.forEach(Waiter::leave);
  }
}
