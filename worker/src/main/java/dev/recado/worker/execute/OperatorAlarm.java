package dev.recado.worker.execute;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks up when a job failed for a reason that every other job will fail for, too, until somebody
 * changes the set-up. At most once a minute, so that it can be read. Thread-safe.
 */
final class OperatorAlarm {
  private static final Logger log = LoggerFactory.getLogger(OperatorAlarm.class);
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
      log.error("Jobs will fail until this is put right: {}", error.message());
    }
  }
}
