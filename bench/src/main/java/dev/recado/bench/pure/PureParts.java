package dev.recado.bench.pure;

import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobState;
import dev.recado.retry.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every job passes through, without any input or output. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PureParts {
  private final JobIds ids = new JobIds(Clock.systemUTC());
  private final String name = ids.next().toString();
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
  private int retry = 3;

  /** A new name for a job. */
  @Benchmark
  public JobId newJobId() {
    return ids.next();
  }

  /** The delay before a retry. */
  @Benchmark
  public Duration backoffDelay() {
    return backoff.delay(retry, 0.5);
  }

  /** Whether a transition is legal. */
  @Benchmark
  public boolean stateTransition() {
    return JobState.QUEUED.canBecome(JobState.PROCESSING);
  }

  /** A state from its spelling. */
  @Benchmark
  public Optional<JobState> stateFromName() {
    return JobState.fromWireName("succeeded");
  }

  /** The length of a name, as a floor: what measuring itself costs. */
  @Benchmark
  public int floor() {
    return name.length() + retry;
  }
}
