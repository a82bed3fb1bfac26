package dev.recado.worker.execute;

import static java.util.Comparator.comparing;

import dev.recado.job.Setbacks;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the queue and the model server, and keeps a worker from calling what does not
 * answer: a {@link Circuit} for each model, and one {@link RetryBudget}. As long as some model
 * answers, jobs are claimed, and those of a model that does not are put off. When none does, the
 * server may be dead: of models that are away nothing is claimed but a probe now and then, and of
 * others, which nothing is known of, one job at a time. Thread-safe.
 */
final class ModelGate {
  private static final Log log = Log.of(ModelGate.class);

  /** For so long an answer of one model says that the server is there. */
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(1);

  /** Longer than any pause, so that by then a job of the model would have been seen. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

  /** A job that is put off does not come back sooner, nor without a token sooner than this. */
  private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

  private static final Duration WAIT_FOR_TOKEN = Duration.ofSeconds(5);

  /** Clients choose model names, so their number needs a bound. */
  private static final int MANY = 1_000;

  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final RetryBudget budget;
  private final Map<String, Circuit> circuits = new HashMap<>();
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** What may be claimed now. */
  sealed interface Claiming {
    record Freely() implements Claiming {}

    /** One job of this model, to see whether it is back. */
    record Probe(String model) implements Claiming {}

    /**
     * Of these models nothing, and of others one job at a time: they may have gone as well, or may
     * never have been asked.
     */
    record Others(Set<String> away) implements Claiming {}
  }

  /** What is known of a model. */
  enum Standing {
    THERE,
    AWAY
  }

  /**
   * @param nanoTime the monotonic clock
   * @param random numbers in [0, 1)
   */
  ModelGate(LongSupplier nanoTime, DoubleSupplier random) {
    this.nanoTime = nanoTime;
    this.random = random;
    this.budget = new RetryBudget(nanoTime.getAsLong());
  }

  Claiming claiming() {
    lock.lock();
    try {
      return claiming(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  private Claiming claiming(long now) {
    if (isFree(now)) {
      return new Claiming.Freely();
    }
    return circuits.entrySet().stream()
        .filter(entry -> entry.getValue().isDue(now))
        .max(comparing(entry -> entry.getValue().overdue(now)))
        .<Claiming>map(entry -> new Claiming.Probe(entry.getKey()))
        .orElseGet(this::othersThanThoseAway);
  }

  private boolean isFree(long now) {
    return circuits.values().stream().noneMatch(Circuit::isOpen) || isSomeModelThere(now);
  }

  /** What may be claimed beside probes; empty where all may be claimed freely. */
  Optional<Claiming.Others> others() {
    lock.lock();
    try {
      return isFree(nanoTime.getAsLong()) ? Optional.empty() : Optional.of(othersThanThoseAway());
    } finally {
      lock.unlock();
    }
  }

  private Claiming.Others othersThanThoseAway() {
    return new Claiming.Others(
        circuits.entrySet().stream()
            .filter(entry -> entry.getValue().isOpen())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
  }

  /**
   * There was no job for the probe: others have their turn, and this one is looked for later; or no
   * more, once all jobs that had to wait have had the time to come back.
   */
  void nobodyAsks(String model) {
    lock.lock();
    try {
      var now = nanoTime.getAsLong();
      var circuit = circuit(model);
      if (circuit.sinceFailure(now).compareTo(FORGOTTEN_AFTER) > 0) {
        circuits.remove(model);
      } else {
        circuit.unclear(Pass.Why.PROBE, now);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isSomeModelThere(long now) {
    return circuits.values().stream().anyMatch(c -> c.hasAnsweredWithin(SIGN_OF_LIFE, now));
  }

  /**
   * Waits until all may be claimed, or a probe; returns whether that came to pass in time. Others
   * may be claimed meanwhile.
   */
  boolean awaitOpen(Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      var end = nanoTime.getAsLong() + atMost.toNanos();
      for (var now = nanoTime.getAsLong(); ; now = nanoTime.getAsLong()) {
        if (!(claiming(now) instanceof Claiming.Others)) {
          return true;
        }
        if (now - end >= 0) {
          return false;
        }
        var _ = changed.await(Math.min(end - now, untilNextProbe(now)), TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private long untilNextProbe(long now) {
    return circuits.values().stream()
        .filter(Circuit::isOpen)
        .mapToLong(circuit -> circuit.untilDue(now).toNanos())
        .filter(nanos -> nanos > 0)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Asks for a job that has just been claimed. Who gets a Go owes a {@link #report}. */
  Pass enter(String model, Setbacks before) {
    lock.lock();
    try {
      return enter(model, before, circuit(model), nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  private Pass enter(String model, Setbacks before, Circuit circuit, long now) {
    if (circuit.isDue(now)) {
      circuit.probe(now);
      return new Pass.Go(model, Pass.Why.PROBE);
    }
    if (circuit.isOpen()) {
      return putOff(circuit.timeToWait(now));
    }
    if (before.failures() + before.throttles() == 0) {
      budget.firstCall();
      return new Pass.Go(model, Pass.Why.FIRST);
    }
    return budget.take(now) ? new Pass.Go(model, Pass.Why.AGAIN) : putOff(WAIT_FOR_TOKEN);
  }

  private Pass putOff(Duration wait) {
    var least = wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait;
    return new Pass.PutOff(least.plusNanos((long) (least.toNanos() * random.getAsDouble() / 2)));
  }

  /** Hears that an answer begins; returns the pass to {@link #report} its end with. */
  Pass.Go begun(Pass.Go pass) {
    return pass.why() == Pass.Why.PROBE ? probeBegun(pass) : pass;
  }

  // Once it has shown what it was sent for it is an ordinary call, and has taken no token.
  private Pass.Go probeBegun(Pass.Go probe) {
    lock.lock();
    try {
      var away = circuit(probe.model()).begun(nanoTime.getAsLong());
      tellIfBack(probe.model(), away);
      changed.signalAll();
      return away == null ? probe : new Pass.Go(probe.model(), Pass.Why.FIRST);
    } finally {
      lock.unlock();
    }
  }

  /** Hears how a call went; returns what is known of its model now. */
  Standing report(Pass.Go pass, CallOutcome outcome) {
    lock.lock();
    try {
      var circuit = circuit(pass.model());
      report(pass, outcome, circuit, nanoTime.getAsLong());
      changed.signalAll();
      return circuit.isOpen() ? Standing.AWAY : Standing.THERE;
    } finally {
      lock.unlock();
    }
  }

  private void report(Pass.Go pass, CallOutcome outcome, Circuit circuit, long now) {
    switch (outcome) {
      case CallOutcome.Answered() -> answered(pass, circuit, now);
      case CallOutcome.Failed failed -> failed(pass, failed, circuit, now);
      case CallOutcome.Unclear() -> circuit.unclear(pass.why(), now);
    }
  }

  private void answered(Pass.Go pass, Circuit circuit, long now) {
    if (pass.why() == Pass.Why.AGAIN) {
      budget.giveBack();
    }
    tellIfBack(pass.model(), circuit.answered(pass.why(), now));
  }

  private static void tellIfBack(String model, @Nullable Duration away) {
    if (away != null) {
      log.tell(LogEvent.MODEL_BACK, model, away.toSeconds());
    }
  }

  private void failed(Pass.Go pass, CallOutcome.Failed failed, Circuit circuit, long now) {
    if (circuit.failed(pass.why(), failed, now, random.getAsDouble())) {
      log.tell(LogEvent.MODEL_LOST, pass.model(), failed.why());
    }
  }

  private Circuit circuit(String model) {
    if (circuits.size() >= MANY && !circuits.containsKey(model)) {
      circuits.values().removeIf(circuit -> !circuit.isOpen());
    }
    return circuits.computeIfAbsent(model, _ -> new Circuit());
  }
}
