package dev.recado.e2e.faults;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a run has to tell in numbers. */
record Figures(History history) {
  /** The share p of them took at most this long; zero if there are none. */
  static Duration percentile(Collection<Duration> durations, double p) {
    var sorted = durations.stream().sorted().toList();
    return sorted.isEmpty()
        ? Duration.ZERO
        : sorted.get(Math.max(0, (int) Math.ceil(p * sorted.size()) - 1));
  }

  int accepted() {
    return history.acknowledged().size();
  }

  /** Submits whose client got no answer and whose job is there all the same. */
  long acceptedUnseen() {
    var seen = history.acknowledged().stream().map(Attempt::id).collect(toSet());
    return history.jobs().stream().map(StoredJob::id).filter(not(seen::contains)).count();
  }

  List<Duration> submits() {
    return history.acknowledged().stream().map(Attempt::took).toList();
  }

  /** How often each answer was given. */
  Map<String, Long> answers() {
    return history.attempts().stream()
        .collect(groupingBy(Attempt::answer, TreeMap::new, counting()));
  }

  /** Submits answered in a second, on average of the run. */
  long submitsPerSecond() {
    var begun = history.attempts().stream().mapToLong(Attempt::begun).min().orElse(0);
    var answered = history.attempts().stream().mapToLong(Attempt::answered).max().orElse(0);
    var millis = Math.max(1, Duration.ofNanos(answered - begun).toMillis());
    return history.attempts().size() * 1_000L / millis;
  }

  /** Calls beyond the first of each prompt. */
  int furtherCalls() {
    return history.calls().values().stream().mapToInt(calls -> calls - 1).sum();
  }

  /** From a strike to the stored result, for each job that lost its worker by it. */
  List<Duration> recoveries() {
    return history.jobs().stream()
        .flatMap(job ->
            history.strikes().stream().filter(job::ranAgainAfter).limit(1).map(job::endedAfter))
        .toList();
  }

  /** When the first job ended after this moment. */
  Instant firstEndAfter(Instant moment) {
    return history.jobs().stream()
        .map(StoredJob::completedAt)
        .filter(end -> end != null && end.isAfter(moment))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  String line(String fault, Scale scale, long violations) {
    var recoveries = recoveries();
    return String.format(
        Locale.ROOT,
        "FAULT %s | seed %d | strikes %d | sent %d at %d/s | accepted %d | accepted unseen %d |"
            + " violations %d | further calls %d | submit p50 %d ms p99 %d ms | ran again %d p50 %d"
            + " ms p99 %d ms | answers %s",
        fault,
        scale.seed(),
        history.strikes().size(),
        history.attempts().size(),
        submitsPerSecond(),
        accepted(),
        acceptedUnseen(),
        violations,
        furtherCalls(),
        percentile(submits(), 0.5).toMillis(),
        percentile(submits(), 0.99).toMillis(),
        recoveries.size(),
        percentile(recoveries, 0.5).toMillis(),
        percentile(recoveries, 0.99).toMillis(),
        answers());
  }
}
