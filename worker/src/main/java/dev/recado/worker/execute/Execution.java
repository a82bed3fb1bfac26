package dev.recado.worker.execute;

import dev.recado.job.ClaimedJob;
import dev.recado.job.Settlement;
import dev.recado.lifecycle.FailPoint;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.JobStore;
import dev.recado.trace.Traceparent;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs claimed jobs, each on a virtual thread of its own that holds a slot until the outcome is
 * recorded. Thread-safe.
 */
final class Execution {
  private static final Log log = Log.of(Execution.class);

  private final Slots slots;
  private final InFlight inFlight;
  private final JobRunner runner;
  private final Recorder recorder;
  private final JobTraces traces;
  private final Runnable lookAgain;

  /**
   * Runs them with these.
   *
   * @param lookAgain done when there may be jobs that this worker could not have before
   */
  Execution(
      Slots slots,
      InFlight inFlight,
      JobRunner runner,
      Recorder recorder,
      JobTraces traces,
      Runnable lookAgain) {
    this.slots = slots;
    this.inFlight = inFlight;
    this.runner = runner;
    this.recorder = recorder;
    this.traces = traces;
    this.lookAgain = lookAgain;
  }

  /**
   * Claims jobs for slots that were taken and begins them; gives back the slots that are left.
   * Returns how many there were.
   */
  int begin(int taken, Supplier<List<ClaimedJob>> claim) {
    var begun = 0;
    try {
      var jobs = inFlight.begin(claim);
      begun = jobs.size();
      jobs.forEach(this::begin);
    } finally {
      slots.giveBack(taken - begun);
    }
    return begun;
  }

  /**
   * Begins jobs that the store has just claimed, each for a slot that was taken. Returns at once.
   */
  void begin(List<ClaimedJob> claimed) {
    var jobs = inFlight.begin(claimed);
    Thread.ofVirtual()
        .start(() -> {
          FailPoint.CLAIMED.reached();
          jobs.forEach(this::begin);
        });
  }

  // The gate is asked here, not on the job's own thread: it must have heard of a probe before it is
  // asked what else may be claimed.
  private void begin(InFlight.Begun begun) {
    log.tell(LogEvent.JOB_CLAIMED, begun.job().id(), begun.job().attempt());
    var pass = runner.enter(begun.job());
    Thread.ofVirtual().start(() -> execute(begun.job(), begun.attempt(), pass));
  }

  private void execute(ClaimedJob job, InFlight.Attempt attempt, Pass pass) {
    try (var _ = Log.within(Traceparent.traceId(job.traceparent()))) {
      executeTraced(job, attempt, pass);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.end(job.id(), attempt);
      slots.giveBack();
      if (job.setbacks().crashes() >= JobStore.SUSPECT_AFTER_CRASHES) {
        lookAgain.run(); // the next suspect may have waited for this one
      }
    }
  }

  private void executeTraced(ClaimedJob job, InFlight.Attempt attempt, Pass pass)
      throws InterruptedException {
    try (var span = traces.begin(job);
        var _ = span.enter()) {
      Optional<Settlement> settlement = runner.run(job, attempt, pass);
      var isFenced = settlement.isPresent() && !recorder.record(job, settlement.get());
      JobTraces.note(span, settlement);
      if (isFenced) {
        JobTraces.noteFenced(span);
      }
    } catch (RuntimeException | Error mistake) {
      // Whatever it was: nobody else will end this attempt before the job's deadline.
      log.tell(LogEvent.ATTEMPT_MISTAKE, job.id(), job.attempt(), mistake.getClass().getName());
      recorder.record(job, runner.afterMistake(job, pass, mistake));
    }
  }
}
