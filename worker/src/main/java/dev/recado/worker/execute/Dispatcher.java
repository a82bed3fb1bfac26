package dev.recado.worker.execute;

import dev.recado.job.ClaimedJob;
import dev.recado.job.WorkerId;
import dev.recado.lifecycle.FailPoint;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.queue.TaskConsumer;
import dev.recado.store.JobStore;
import dev.recado.store.Models;
import dev.recado.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Hears the doorbell and claims as many jobs as there are free slots. One thread of its own.
 *
 * <p>The store decides what there is to do: after a claim that found jobs it claims again, for more
 * may have come meanwhile; after one that found none it waits for a ring, or at most {@link
 * #LOOK_ANYWAY}, so that jobs are found without a broker too. Rings are acknowledged after the
 * claim they led to. What may be claimed is the {@link ModelGate}'s to say.
 */
final class Dispatcher implements AutoCloseable {
  private static final Log log = Log.of(Dispatcher.class);
  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(1);
  private static final int MOST_PER_CLAIM = 256;

  /** So long may all slots be taken before the rings are left to workers with room. */
  private static final Duration FULL_FOR_LONG = Duration.ofMillis(250);

  private final JobStore store;
  private final TaskConsumer consumer;
  private final Supplier<WorkerId> worker;
  private final String usualModel;
  private final Slots slots;
  private final ModelGate gate;
  private final Execution execution;
  private final Thread thread;

  /** Those that no claim has followed yet. Of the dispatcher's thread alone. */
  private final List<TaskConsumer.Rings> heard = new ArrayList<>();

  private volatile boolean stopping;

  /**
   * @param usualModel which one jobs are for that name none
   */
  Dispatcher(
      JobStore store,
      TaskConsumer consumer,
      Supplier<WorkerId> worker,
      String usualModel,
      Slots slots,
      ModelGate gate,
      Execution execution) {
    this.store = store;
    this.consumer = consumer;
    this.worker = worker;
    this.usualModel = usualModel;
    this.slots = slots;
    this.gate = gate;
    this.execution = execution;
    this.thread = Thread.ofPlatform().name("dispatcher").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      var patience = Duration.ZERO;
      while (!stopping) {
        patience = lookWhateverHappens(patience);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  // Whatever was thrown: without this thread the worker would look alive and do nothing.
  private Duration lookWhateverHappens(Duration patience) throws InterruptedException {
    try {
      return look(patience);
    } catch (RuntimeException | Error e) {
      log.tellWhy(e, LogEvent.CLAIM_MISTAKE);
      Thread.sleep(LOOK_ANYWAY);
      return Duration.ZERO;
    }
  }

  /** Waits for room and a ring, and claims; returns how long the next ring may be waited for. */
  private Duration look(Duration patience) throws InterruptedException {
    awaitRoom();
    var rings = consumer.await(patience);
    if (rings.count() > 0) {
      heard.add(rings);
    }
    if (stopping) {
      return patience; // unacknowledged: the rings are for somebody else
    }
    var claiming = gate.claiming();
    var taken = slots.take(most(claiming));
    if (taken == 0) {
      return Duration.ZERO; // nor yet for a worker whose model has gone, or that is full
    }
    var claimed = claim(claiming, taken);
    if (claimed.isPresent()) {
      FailPoint.CLAIMED.reached();
      heard.forEach(TaskConsumer.Rings::acknowledge);
      heard.clear();
      FailPoint.ACKNOWLEDGED.reached();
    }
    if (claiming instanceof ModelGate.Claiming.Probe) {
      claimOthers(); // probes may come due one after another, for ever if nobody asks for them
    }
    return claimed.orElse(0) > 0 ? Duration.ZERO : LOOK_ANYWAY;
  }

  private static int most(ModelGate.Claiming claiming) {
    return switch (claiming) {
      case ModelGate.Claiming.Freely() -> MOST_PER_CLAIM;
      case ModelGate.Claiming.Probe _ -> 1;
      case ModelGate.Claiming.Others _ -> 0; // awaitRoom sees to them
    };
  }

  private void awaitRoom() throws InterruptedException {
    if (slots.awaitOne(FULL_FOR_LONG) && gate.awaitOpen(FULL_FOR_LONG)) {
      return;
    }
    consumer.pause();
    do {
      claimOthers();
    } while (!stopping && !(slots.awaitOne(LOOK_ANYWAY) && gate.awaitOpen(LOOK_ANYWAY)));
    consumer.resume();
  }

  /** Whatever waits for models that are not known to be away, so that one cannot stop the rest. */
  private void claimOthers() {
    for (var others = gate.others(); !stopping && others.isPresent(); others = gate.others()) {
      var taken = slots.take(1);
      if (taken == 0 || claim(others.get(), taken).orElse(0) == 0) {
        return;
      }
    }
  }

  /** How many were claimed and started; empty if the store could not be asked. */
  private Optional<Integer> claim(ModelGate.Claiming claiming, int taken) {
    try {
      return Optional.of(execution.begin(taken, () -> take(claiming, taken)));
    } catch (StoreUnavailableException e) {
      log.tell(LogEvent.CLAIM_FAILED, e.getMessage());
      return Optional.empty();
    }
  }

  private List<ClaimedJob> take(ModelGate.Claiming claiming, int atMost) {
    // A ring may be ahead of the commit it tells of: a look would not see its job, a claim does.
    if (heard.isEmpty() && !store.looksClaimable()) {
      return List.of();
    }
    return switch (claiming) {
      case ModelGate.Claiming.Freely() -> store.claim(worker.get(), atMost);
      case ModelGate.Claiming.Probe(var model) -> probe(model);
      case ModelGate.Claiming.Others(var away) -> claimOne(new Models.AllBut(away));
    };
  }

  private List<ClaimedJob> claimOne(Models models) {
    return store.claimOne(worker.get(), models, usualModel);
  }

  private List<ClaimedJob> probe(String model) {
    var probe = claimOne(new Models.Only(model));
    if (probe.isEmpty()) {
      gate.nobodyAsks(model);
    }
    return probe;
  }

  /** Claims nothing more. Running attempts go on. */
  @Override
  public void close() {
    stopping = true;
    consumer.pause();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
