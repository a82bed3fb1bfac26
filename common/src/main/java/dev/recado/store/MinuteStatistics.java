package dev.recado.store;

import java.time.Instant;
import java.util.Map;

/**
 * What happened within one minute.
 *
 * @param minute when it began
 * @param accepted jobs accepted
 * @param ended jobs ended, by the state they ended in
 * @param errors jobs failed, by the error's code
 * @param retries attempts that ended without an outcome, by cause: an error's code, or the name of
 *     a {@link HistoryEntry.Event}
 * @param fenced outcomes that came too late to count
 * @param promptTokens tokens of the questions, as far as providers told
 * @param completionTokens tokens of the answers, as far as providers told
 * @param queueTime from accepted, or from {@code run_at}, to the first claim
 * @param runTime from the last claim to the outcome, of jobs that a worker ended
 * @param totalTime from accepted, or from {@code run_at}, to the outcome, of the same
 */
public record MinuteStatistics(
    Instant minute,
    long accepted,
    Map<String, Long> ended,
    Map<String, Long> errors,
    Map<String, Long> retries,
    long fenced,
    long promptTokens,
    long completionTokens,
    LatencyHistogram queueTime,
    LatencyHistogram runTime,
    LatencyHistogram totalTime) {

  /** What has been counted does not change. */
  public MinuteStatistics {
    ended = Map.copyOf(ended);
    errors = Map.copyOf(errors);
    retries = Map.copyOf(retries);
  }
}
