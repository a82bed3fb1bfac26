package dev.recado.worker.execute;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.job.ClaimedJob;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobState;
import dev.recado.job.Settlement;
import dev.recado.lifecycle.FailPoint;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.retry.Backoff;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes the outcome of an attempt, and keeps trying while the store cannot be written: an answer
 * that was paid for is not thrown away because a disk is full for a minute. Thread-safe.
 */
final class Recorder {
  private static final Log log = Log.of(Recorder.class);
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

  /** Returns false if the outcome was fenced: somebody else has the job by now. */
  boolean record(ClaimedJob job, Settlement settlement) throws InterruptedException {
    var mistakes = 0;
    for (var tries = 1; ; tries++) {
      switch (store(job, settlement)) {
        case DONE -> {
          return true;
        }
        case FENCED -> {
          return false;
        }
        case STORE_IS_AWAY -> {}
        case MISTAKE -> mistakes++;
      }
      if (mistakes == MANY_MISTAKES) {
        recordInstead(job);
        return true;
      }
      if (givingUp) {
        log.tell(LogEvent.OUTCOME_LEFT, job.id(), job.attempt());
        return true;
      }
      Thread.sleep(BETWEEN_TRIES.delay(tries, ThreadLocalRandom.current().nextDouble(0.5, 1)));
    }
  }

  private enum Try {
    DONE,
    FENCED,
    STORE_IS_AWAY,
    MISTAKE
  }

  private Try store(ClaimedJob job, Settlement settlement) {
    try {
      FailPoint.ANSWERED.reached();
      foretell(job, settlement);
      var kept = store.settle(job, settlement);
      FailPoint.SETTLED.reached();
      if (!kept) {
        log.tell(LogEvent.JOB_FENCED, job.id(), job.attempt());
        return Try.FENCED;
      }
      events.publish(new JobEvent.StateChanged(job.id(), settlement.next()));
      tell(job, settlement);
      return Try.DONE;
    } catch (StoreUnavailableException e) {
      log.tell(LogEvent.OUTCOME_WAITS, job.id(), job.attempt(), e.getMessage());
      return Try.STORE_IS_AWAY;
    } catch (RuntimeException | Error mistake) {
      log.tellWhy(mistake, LogEvent.OUTCOME_MISTAKE, job.id(), job.attempt());
      return Try.MISTAKE;
    }
  }

  /** Somebody may wait for the end; nobody does for another try. */
  private void foretell(ClaimedJob job, Settlement settlement) {
    if (settlement.next().isTerminal()) {
      events.foretellEnd(job.id());
    }
  }

  /** An outcome that can never be stored must not leave its job running until its deadline. */
  private void recordInstead(ClaimedJob job) {
    var error =
        JobError.ours(ErrorCode.WORKER_LOST, "The outcome of the job could not be stored.", true);
    try {
      if (store.settle(job, new Settlement.Fail(error, null))) {
        events.publish(new JobEvent.StateChanged(job.id(), JobState.FAILED));
      }
    } catch (RuntimeException | Error mistake) {
      log.tellWhy(mistake, LogEvent.OUTCOME_MISTAKE_AGAIN, job.id(), job.attempt());
    }
  }

  private void tell(ClaimedJob job, Settlement settlement) {
    var id = job.id();
    var attempt = job.attempt();
    switch (settlement) {
      case Settlement.Succeed _ -> log.tell(LogEvent.JOB_SUCCEEDED, id, attempt);
      case Settlement.HandBack _ -> log.tell(LogEvent.JOB_HANDED_BACK, id, attempt);
      case Settlement.PutOff(var until, _) -> log.tell(LogEvent.JOB_PUT_OFF, id, until, attempt);
      case Settlement.Expire _ -> log.tell(LogEvent.JOB_EXPIRED, id, attempt);
      case Settlement.Fail(var error, _) -> {
        var code = error.code().wireName();
        log.tell(LogEvent.JOB_FAILED, id, code, error.message(), attempt, error.providerStatus());
        alarm.hear(error);
      }
      case Settlement.Retry(var until, var error, _) -> {
        var code = error.code().wireName();
        log.tell(LogEvent.JOB_RETRIED, id, until, code, attempt, error.providerStatus());
      }
    }
  }

  /** From now on an outcome that cannot be stored at once is left to the next attempt. */
  void giveUp() {
    givingUp = true;
  }
}
