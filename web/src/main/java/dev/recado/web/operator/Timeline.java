package dev.recado.web.operator;

import dev.recado.delivery.Delivery;
import dev.recado.job.Job;
import dev.recado.store.HistoryEntry;
import java.time.Duration;
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

  private Timeline(Job job, List<HistoryEntry> history) {
    this.job = job;
    this.history = history;
  }

  /** In the order of time. */
  static List<Moment> of(
      Job job, List<HistoryEntry> history, List<Delivery> deliveries, Instant now) {
    var timeline = new Timeline(job, history);
    timeline.addBeginning(now);
    history.forEach(entry -> timeline.moments.add(Moment.of(entry)));
    timeline.addFirstToken();
    timeline.addEnd();
    deliveries.forEach(delivery -> timeline.moments.add(Moment.of(delivery)));
    // Stable: what came within the same millisecond stays as it was added.
    timeline.moments.sort(Comparator.comparing(Moment::at));
    return List.copyOf(timeline.moments);
  }

  private void addBeginning(Instant now) {
    moments.add(Moment.accepted(job));
    var due = job.runAt() == null ? job.createdAt() : job.runAt();
    if (!due.isAfter(now)) {
      moments.add(Moment.of(due, "rung", null, null));
    }
    if (job.startedAt() != null) {
      moments.add(Moment.of(job.startedAt(), "claimed", 1, null));
    }
  }

  /**
   * It is known how long after its last claim a job's answer began. When that claim was is known of
   * the first one only; a later one cannot have been before the last setback was over.
   */
  private void addFirstToken() {
    var after = job.firstToken();
    var started = job.startedAt();
    if (after != null && started != null) {
      var claimed = lastSetbackOver().orElse(started);
      moments.add(Moment.of(notAfterEnd(claimed.plus(after)), "first_token", null, words(after)));
    }
  }

  private Optional<Instant> lastSetbackOver() {
    return history.stream()
        .map(entry -> entry.until() == null ? entry.at() : entry.until())
        .max(Comparator.naturalOrder());
  }

  private Instant notAfterEnd(Instant time) {
    var end = job.completedAt();
    return end != null && end.isBefore(time) ? end : time;
  }

  private static String words(Duration after) {
    return after.toMillis() + " ms after its last claim";
  }

  private void addEnd() {
    if (job.completedAt() != null) {
      moments.add(Moment.end(job, job.completedAt()));
    }
  }
}
