package dev.recado.worker.execute;

import dev.recado.job.ClaimedJob;
import dev.recado.job.WorkerId;
import dev.recado.store.Claimant;
import dev.recado.store.JobStore;
import java.util.List;
import java.util.function.Supplier;

/**
 * Takes the jobs that web accepts in the same process, at once. All others, those of other
 * processes and those that had to wait, are the {@link Dispatcher}'s.
 */
final class Reception implements Claimant, AutoCloseable {
  private final JobStore store;
  private final Supplier<WorkerId> worker;
  private final Slots slots;
  private final ModelGate gate;
  private final Execution execution;

  Reception(
      JobStore store, Supplier<WorkerId> worker, Slots slots, ModelGate gate, Execution execution) {
    this.store = store;
    this.worker = worker;
    this.slots = slots;
    this.gate = gate;
    this.execution = execution;
  }

  void open() {
    store.handArrivalsTo(this);
  }

  @Override
  public WorkerId worker() {
    return worker.get();
  }

  @Override
  public int reserve(int atMost) {
    return gate.claiming() instanceof ModelGate.Claiming.Freely ? slots.take(atMost) : 0;
  }

  @Override
  public void begin(List<ClaimedJob> jobs) {
    execution.begin(jobs);
  }

  @Override
  public void release(int places) {
    slots.giveBack(places);
  }

  /** Takes nothing more, but for what is being claimed just now. */
  @Override
  public void close() {
    store.handArrivalsTo(Claimant.NOBODY);
  }
}
