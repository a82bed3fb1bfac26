package dev.recado.web.admission;

import dev.recado.job.IdempotencyKey;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.lifecycle.Rounds;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import dev.recado.store.OnceOutcome;
import dev.recado.store.Receipt;
import dev.recado.store.StoreLoad;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.Waiting;
import dev.recado.web.admission.AdmissionMeters.Reason;
import dev.recado.web.problem.Problem;
import dev.recado.web.problem.Problems;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a job in, or says that there is no room: a client that is told to come later is better off
 * than one whose job expires in the queue. Looks at the store's counters and disk once a second; a
 * submit only compares numbers. Thread-safe.
 */
public final class Admission implements AutoCloseable {
  private static final Log log = Log.of(Admission.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** A forecast errs, so a job is taken only if it should end within this share of its time. */
  private static final double SHARE_OF_TIME = 0.8;

  /** Until somebody has made room, or a worker has come. */
  private static final Duration WHEN_UNKNOWN = Duration.ofSeconds(30);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private final JobStore store;
  private final AdmissionLimits limits;
  private final AdmissionMeters meters;
  private final Throughput throughput = new Throughput();
  private final AtomicLong committingBytes = new AtomicLong();
  private final Rounds rounds;
  private volatile Forecast forecast = Forecast.UNKNOWN;
  private volatile boolean diskIsFull;

  /** Of this moment, as each receipt tells it: between two looks the queue can grow a lot. */
  private volatile Waiting waiting = new Waiting(0, 0, 0, 0);

  /** Not yet looking. */
  public Admission(JobStore store, AdmissionLimits limits, AdmissionMeters meters) {
    this.store = store;
    this.limits = limits;
    this.meters = meters;
    this.rounds = new Rounds(Thread.ofVirtual().name("admission"), this::look);
  }

  /** Looks for the first time, and from now on. */
  public void start() {
    look();
    rounds.start();
  }

  /** Makes the job durable, or throws the problem that keeps it out. */
  public Receipt admit(NewJob job) {
    return throughGate(job, () -> seen(store.add(job)));
  }

  /**
   * The same, unless the key has been used. What was accepted before is not kept out now that there
   * is no room.
   *
   * @param job is asked only if there is no job of this key yet
   */
  public OnceOutcome admitOnce(Tenant tenant, IdempotencyKey key, Supplier<NewJob> job) {
    return store.findRepeated(tenant, key).orElseGet(() -> admitOnce(key, job.get()));
  }

  private OnceOutcome admitOnce(IdempotencyKey key, NewJob job) {
    return throughGate(job, () -> seen(store.addOnce(job, key)));
  }

  /** Throws the problem that keeps so many jobs out which come at once and can wait. */
  public void requireRoomFor(int jobs) {
    if (diskIsFull) {
      throw refused(Reason.DISK_FULL, Problems.diskFull(WHEN_UNKNOWN)).asException();
    }
    var excess = excessWith(jobs);
    if (excess > 0) {
      var wait = forecast.waitBehind(excess).orElse(WHEN_UNKNOWN);
      var problem = Problems.queueFull("the queue has no room for all of the batch", bounded(wait));
      throw refused(Reason.QUEUE_FULL, problem).asException();
    }
  }

  /** Whether {@link #requireRoomFor} would let so many in. */
  public boolean hasRoomFor(int jobs) {
    return !diskIsFull && excessWith(jobs) <= 0;
  }

  /** By the queue as it is now: many at once may be more than came in the last second. */
  private long excessWith(int jobs) {
    waiting = store.load().waiting();
    return waiting.total() + jobs - limits.queued();
  }

  /** In how many seconds the job at this place in line should have ended; null if unknown. */
  public @Nullable Long secondsTo(@Nullable Long position) {
    return position == null
        ? null
        : forecast.endBehind(position).map(end -> end.plusMillis(999).toSeconds()).orElse(null);
  }

  private Receipt seen(Receipt receipt) {
    waiting = receipt.waiting();
    return receipt;
  }

  private OnceOutcome seen(OnceOutcome outcome) {
    if (outcome instanceof OnceOutcome.Accepted(_, var receipt)) {
      seen(receipt);
    }
    return outcome;
  }

  private <T> T throughGate(NewJob job, Supplier<T> write) {
    refusal(job)
        .ifPresent(problem -> {
          throw problem.asException();
        });
    var bytes = 2L * job.inputJson().length();
    try {
      if (committingBytes.addAndGet(bytes) > limits.committingBytes()) {
        var problem = Problems.queueFull("too many submits are waiting for the disk", SHORTEST);
        throw refused(Reason.DISK_BUSY, problem).asException();
      }
      return write.get();
    } finally {
      committingBytes.addAndGet(-bytes);
    }
  }

  private Optional<Problem> refusal(NewJob job) {
    if (diskIsFull) {
      return Optional.of(refused(Reason.DISK_FULL, Problems.diskFull(WHEN_UNKNOWN)));
    }
    var now = waiting;
    if (now.total() >= limits.queued()) {
      var wait = forecast.waitBehind(now.total() - limits.queued() + 1).orElse(WHEN_UNKNOWN);
      var problem = Problems.queueFull("the queue is full", bounded(wait));
      return Optional.of(refused(Reason.QUEUE_FULL, problem));
    }
    if (job.isForLater(job.id().createdAt())) {
      return Optional.empty(); // nobody knows how long the line will be then
    }
    var late =
        forecast.endBehind(now.upTo(job.priority())).map(end -> end.minus(share(job.timeToLive())));
    return late.filter(Duration::isPositive)
        .map(time ->
            Problems.queueFull(
                "the queue is too long for this job to end by its deadline", bounded(time)))
        .map(problem -> refused(Reason.TOO_LATE, problem));
  }

  private Problem refused(Reason why, Problem problem) {
    meters.refused(why);
    return problem;
  }

  private static Duration share(Duration time) {
    return Duration.ofMillis((long) (time.toMillis() * SHARE_OF_TIME));
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  private Duration look() {
    try {
      see(store.load());
    } catch (StoreUnavailableException e) {
      log.tellWhy(e, LogEvent.STORE_LOAD_UNKNOWN); // submits meet the same, and say so
    } catch (RuntimeException | Error e) {
      log.tellWhy(e, LogEvent.STORE_LOAD_MISTAKE);
    }
    return PERIOD;
  }

  private void see(StoreLoad load) {
    throughput.sample(load, System.nanoTime());
    forecast = new Forecast(throughput.perSecond(), load.processing());
    waiting = load.waiting();
    var isFull = load.freeBytes() < limits.freeBytes();
    if (isFull != diskIsFull) {
      log.tell(isFull ? LogEvent.STORE_FULL : LogEvent.STORE_HAS_ROOM, load.freeBytes() >> 20);
    }
    diskIsFull = isFull;
  }

  @Override
  public void close() {
    rounds.close();
  }
}
