package dev.recado.web.operator;

import dev.recado.delivery.Delivery;
import dev.recado.job.Job;
import dev.recado.store.HistoryEntry;
import dev.recado.store.JobStore;
import dev.recado.store.LastClaim;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A job's life, moment by moment. Its row tells what goes as planned, its history what did not, and
 * its deliveries who was told.
 */
final class Timeline {
  private final List<Moment> moments = new ArrayList<>();
  private final Job job;
  private final List<HistoryEntry> history;
  private final Optional<LastClaim> lastClaim;

  private Timeline(Job job, List<HistoryEntry> history, Optional<LastClaim> lastClaim) {
    this.job = job;
    this.history = history;
    this.lastClaim = lastClaim;
  }

  /** In the order of time. */
  static List<Moment> of(Job job, List<Delivery> deliveries, JobStore store, Instant now) {
    var known = store.operations();
    var timeline =
        new Timeline(
            job, known.history(job.tenant(), job.id()), known.lastClaim(job.tenant(), job.id()));
    timeline.addBeginning(now);
    timeline.addAttempts();
    timeline.addFirstToken();
    timeline.addEnd();
    deliveries.forEach(delivery -> timeline.moments.add(Moment.of(delivery)));
    // Stable: what came within the same millisecond stays as it was added.
    timeline.moments.sort(Comparator.comparing(Moment::at));
    return List.copyOf(timeline.moments);
  }

  /**
   * A ring leaves no trace in the store: it is known only since when workers have been rung for.
   */
  private void addBeginning(Instant now) {
    moments.add(Moment.accepted(job));
    if (!job.dueAt().isAfter(now)) {
      moments.add(Moment.of(job.dueAt(), "rung", "inferred"));
    }
  }

  private void addAttempts() {
    if (job.startedAt() != null && !isNoted(1)) {
      moments.add(Moment.claimed(1, job.startedAt(), null));
    }
    for (var entry : history) {
      if (entry.claimedAt() != null) {
        moments.add(Moment.claimed(entry.attempt(), entry.claimedAt(), entry.worker()));
      }
      moments.add(Moment.of(entry));
    }
    lastClaim
        .filter(claim -> !isInHistory(claim.attempt()))
        .ifPresent(
            claim -> moments.add(Moment.claimed(claim.attempt(), claim.at(), claim.worker())));
  }

  /** Not so of attempts before the store noted claims. */
  private boolean isNoted(int attempt) {
    return isInHistory(attempt) || lastClaim.filter(last -> last.attempt() == attempt).isPresent();
  }

  private boolean isInHistory(int attempt) {
    return history.stream()
        .anyMatch(entry -> entry.attempt() == attempt && entry.claimedAt() != null);
  }

  private void addFirstToken() {
    var after = job.firstToken();
    if (after != null) {
      lastClaim.ifPresent(claim ->
          moments.add(Moment.of(notAfterEnd(claim.at().plus(after)), "first_token", null)));
    }
  }

  /** What was measured and what was dated are of two clocks. */
  private Instant notAfterEnd(Instant time) {
    var end = job.completedAt();
    return end != null && end.isBefore(time) ? end : time;
  }

  private void addEnd() {
    if (job.completedAt() != null) {
      moments.add(Moment.end(job, job.completedAt()));
    }
  }
}
