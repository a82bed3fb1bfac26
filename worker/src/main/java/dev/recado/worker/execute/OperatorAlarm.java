package dev.recado.worker.execute;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Speaks up when a job failed for a reason that every other job will fail for, too, until somebody
 * changes the set-up. At most once a minute, so that it can be read. Thread-safe.
 */
final class OperatorAlarm {
  private static final Log log = Log.of(OperatorAlarm.class);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();
  private static final Set<ErrorCode> CONCERNS_ALL =
      EnumSet.of(
          ErrorCode.PROVIDER_AUTH,
          ErrorCode.PROVIDER_PERMISSION,
          ErrorCode.PROVIDER_CREDITS_EXHAUSTED);

  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  void hear(JobError error) {
    if (!CONCERNS_ALL.contains(error.code())) {
      return;
    }
    var now = System.nanoTime();
    var until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + PAUSE)) {
      log.tell(LogEvent.MODEL_REFUSES_ALL, error.message(), error.code().wireName());
    }
  }
}
