package dev.recado.store.sqlite;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobState;
import dev.recado.store.HistoryEntry.Event;
import dev.recado.store.sqlite.Statistics.Measure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of jobs. All counters are there from the start: Prometheus does not see the first
 * event of one that appears with it. Thread-safe.
 */
final class JobMeters {
  private final MeterRegistry registry;
  private final Counter accepted;
  private final Counter fenced;
  private final Map<String, Counter> ended = new HashMap<>();
  private final Map<String, Counter> failed = new HashMap<>();
  private final Map<String, Counter> retries = new HashMap<>();
  private final Timer queueTime;
  private final Timer runTime;
  private final Timer totalTime;

  JobMeters(MeterRegistry registry) {
    this.registry = registry;
    accepted = counter("recado.jobs.accepted", "Jobs accepted");
    fenced = counter("recado.results.fenced", "Results that came too late and were dropped");
    queueTime = timer("recado.job.queue", "From acceptance, or run_at, to the first claim");
    runTime = timer("recado.job.run", "From the last claim to the outcome");
    totalTime = timer("recado.job.total", "From acceptance, or run_at, to the outcome");
    countEnds();
    countRetries();
  }

  private void countEnds() {
    end(JobState.SUCCEEDED, "");
    end(JobState.CANCELED, "");
    end(JobState.EXPIRED, ErrorCode.DEADLINE_EXCEEDED.wireName());
    for (var code : ErrorCode.values()) {
      failed.put(code.wireName(), ends(JobState.FAILED, code.wireName()));
    }
  }

  private void end(JobState state, String code) {
    ended.put(state.wireName(), ends(state, code));
  }

  private Counter ends(JobState state, String code) {
    return counter(
        "recado.jobs.ended", "Jobs that have ended", "outcome", state.wireName(), "code", code);
  }

  private void countRetries() {
    for (var code : ErrorCode.values()) {
      retry(code.wireName());
    }
    for (var event : Event.values()) {
      if (event != Event.RETRY) { // whose cause is the error
        retry(event.wireName());
      }
    }
  }

  private void retry(String cause) {
    if (!retries.containsKey(cause)) {
      var meaning = "Attempts that are made again";
      retries.put(cause, counter("recado.job.retries", meaning, "cause", cause));
    }
  }

  private Counter counter(String name, String meaning, String... tags) {
    return Counter.builder(name).description(meaning).tags(tags).register(registry);
  }

  private Timer timer(String name, String meaning) {
    return Timer.builder(name)
        .description(meaning)
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofMillis(2_500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15))
        .register(registry);
  }

  void count(Measure measure, String label, double n) {
    switch (measure) {
      case ACCEPTED -> accepted.increment(n);
      case ENDED -> add(ended.get(label), n); // of those that failed the error tells more
      case ERROR -> add(failed.get(label), n);
      case RETRY -> add(retries.get(label), n);
      case FENCED -> fenced.increment(n);
      case PROMPT_TOKENS, COMPLETION_TOKENS -> {} // told by model, where it is called
      case QUEUE_TIME, RUN_TIME, TOTAL_TIME -> {} // told one by one
    }
  }

  private static void add(@Nullable Counter counter, double n) {
    if (counter != null) {
      counter.increment(n);
    }
  }

  void took(Measure measure, Duration time) {
    switch (measure) {
      case QUEUE_TIME -> queueTime.record(time);
      case RUN_TIME -> runTime.record(time);
      case TOTAL_TIME -> totalTime.record(time);
      default -> {}
    }
  }
}
