package dev.recado.worker.execute;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.worker.model.FirstWord;
import dev.recado.worker.model.ModelCall;
import dev.recado.worker.model.TextListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The attempts this worker is running, so that they can be stopped from outside. Thread-safe. */
final class InFlight {
  private final Map<JobId, Attempt> attempts = new ConcurrentHashMap<>();
  private final Lock claiming = new ReentrantLock();

  /** Why an attempt was stopped before its model answered. */
  enum Stop {
    /** The job was canceled or has expired: whatever comes is of no use. */
    TAKEN_AWAY,
    /** The worker has to go: somebody else shall do it. */
    HAND_BACK
  }

  /** One attempt at one job. */
  static final class Attempt {
    private final long begun = System.nanoTime();
    private @Nullable FirstWord firstWord;
    private @Nullable ModelCall call;
    private @Nullable Stop stop;

    /** Names the call to cut if the attempt is stopped; one already stopped is cut at once. */
    synchronized void calls(ModelCall call) {
      this.call = call;
      if (stop != null) {
        call.cancel();
      }
    }

    synchronized void stop(Stop why) {
      if (stop == null) {
        stop = why;
        if (call != null) {
          call.cancel();
        }
      }
    }

    /** Hands on what it hears, and notes when it hears the first word. */
    synchronized TextListener noting(TextListener next) {
      firstWord = new FirstWord(begun, next);
      return firstWord;
    }

    /** How long it took from its beginning to the first word, or null if there was none yet. */
    synchronized @Nullable Duration firstWord() {
      return firstWord == null ? null : firstWord.after();
    }

    /** Why it was stopped, or null. */
    synchronized @Nullable Stop stopped() {
      return stop;
    }
  }

  /** A claimed job whose attempt can be stopped from now on. */
  record Begun(ClaimedJob job, Attempt attempt) {}

  /**
   * Claims, and begins an attempt at each job, in one step for {@link #stopTakenAway}: the store
   * tells only once that a job was taken away, so it must not tell before there is an attempt.
   */
  List<Begun> begin(Supplier<List<ClaimedJob>> claim) {
    claiming.lock();
    try {
      return claim.get().stream().map(this::begin).toList();
    } finally {
      claiming.unlock();
    }
  }

  /** The same for jobs that the store has claimed and can not have told about yet. */
  List<Begun> begin(List<ClaimedJob> claimed) {
    return claimed.stream().map(this::begin).toList();
  }

  private Begun begin(ClaimedJob job) {
    var attempt = new Attempt();
    attempts.put(job.id(), attempt);
    return new Begun(job, attempt);
  }

  /** Stops the attempts at jobs that were taken away. */
  void stopTakenAway(Supplier<List<JobId>> takenAway) {
    claiming.lock();
    try {
      takenAway.get().forEach(job -> stop(job, Stop.TAKEN_AWAY));
    } finally {
      claiming.unlock();
    }
  }

  void end(JobId job, Attempt attempt) {
    attempts.remove(job, attempt);
  }

  /** Stops the attempt at this job, if it is one of ours. */
  void stop(JobId job, Stop why) {
    var attempt = attempts.get(job);
    if (attempt != null) {
      attempt.stop(why);
    }
  }

  void stopAll(Stop why) {
    attempts.values().forEach(attempt -> attempt.stop(why));
  }
}
