package dev.recado.worker.execute;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.job.ClaimedJob;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.Settlement;
import dev.recado.lifecycle.FailPoint;
import dev.recado.retry.Backoff;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the outcome of an attempt, and keeps trying while the store cannot be written: an answer
 * that was paid for is not thrown away because a disk is full for a minute. Thread-safe.
 */
final class Recorder {
  private static final Logger log = LoggerFactory.getLogger(Recorder.class);
  private static final Backoff BETWEEN_TRIES =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

  /** A mistake may have been the moment's; so many are the outcome's. */
  private static final int MANY_MISTAKES = 3;

  private final JobStore store;
  private final JobEvents events;
  private final OperatorAlarm alarm = new OperatorAlarm();
  private volatile boolean givingUp;

  /** Writes there, and tells there what it has written. */
  Recorder(JobStore store, JobEvents events) {
    this.store = store;
    this.events = events;
  }

  void record(ClaimedJob job, Settlement settlement) throws InterruptedException {
    var mistakes = 0;
    for (var tries = 1; ; tries++) {
      switch (store(job, settlement)) {
        case DONE -> {
          return;
        }
        case STORE_IS_AWAY -> {}
        case MISTAKE -> mistakes++;
      }
      if (mistakes == MANY_MISTAKES) {
        recordInstead(job);
        return;
      }
      if (givingUp) {
        log.warn(
            "{} attempt {}: the outcome could not be stored, it will run again",
            job.id(),
            job.attempt());
        return;
      }
      Thread.sleep(BETWEEN_TRIES.delay(tries, ThreadLocalRandom.current().nextDouble(0.5, 1)));
    }
  }

  private enum Try {
    DONE,
    STORE_IS_AWAY,
    MISTAKE
  }

  private Try store(ClaimedJob job, Settlement settlement) {
    try {
      FailPoint.ANSWERED.reached();
      var kept = store.settle(job, settlement);
      FailPoint.SETTLED.reached();
      tell(job, settlement, kept);
      return Try.DONE;
    } catch (StoreUnavailableException e) {
      log.warn(
          "{} attempt {}: cannot store the outcome, trying again: {}",
          job.id(),
          job.attempt(),
          e.getMessage());
      return Try.STORE_IS_AWAY;
    } catch (RuntimeException | Error mistake) {
      log.error("{} attempt {}: cannot store the outcome", job.id(), job.attempt(), mistake);
      return Try.MISTAKE;
    }
  }

  /** An outcome that can never be stored must not leave its job running until its deadline. */
  private void recordInstead(ClaimedJob job) {
    var error =
        JobError.ours(ErrorCode.WORKER_LOST, "The outcome of the job could not be stored.", true);
    try {
      store.settle(job, new Settlement.Fail(error, null));
    } catch (RuntimeException | Error mistake) {
      log.error("{} attempt {}: nor that it has none", job.id(), job.attempt(), mistake);
    }
  }

  private void tell(ClaimedJob job, Settlement settlement, boolean kept) {
    if (!kept) {
      log.info("{} attempt {}: fenced, the result is dropped", job.id(), job.attempt());
      return;
    }
    events.publish(new JobEvent.StateChanged(job.id(), settlement.next()));
    switch (settlement) {
      case Settlement.Succeed _ -> log.debug("{} succeeded", job.id());
      case Settlement.HandBack _ -> log.info("{} handed back", job.id());
      case Settlement.PutOff(var notBefore, _) ->
          log.debug("{} put off to {}", job.id(), notBefore);
      case Settlement.Expire _ -> log.info("{} expired while it ran", job.id());
      case Settlement.Fail(var error, _) -> {
        log.info("{} failed: {} ({})", job.id(), error.code().wireName(), error.message());
        alarm.hear(error);
      }
      case Settlement.Retry(var notBefore, var error, _) ->
          log.info("{} again at {}: {}", job.id(), notBefore, error.code().wireName());
    }
  }

  /** From now on an outcome that cannot be stored at once is left to the next attempt. */
  void giveUp() {
    givingUp = true;
  }
}
