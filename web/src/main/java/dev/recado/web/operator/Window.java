package dev.recado.web.operator;

import static dev.recado.store.LatencyHistogram.EMPTY;
import static java.time.temporal.ChronoUnit.MINUTES;

import dev.recado.job.Tenant;
import dev.recado.store.LatencyHistogram;
import dev.recado.store.MinuteStatistics;
import dev.recado.store.Operations;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What happened in the minutes up to now, without a gap.
 *
 * @param minutes each of them, the oldest first; the last one is not over yet
 */
record Window(List<MinuteStatistics> minutes) {
  /** So many minutes. */
  static Window of(Operations operations, Instant now, int minutes) {
    var first = now.truncatedTo(MINUTES).minus(minutes - 1L, MINUTES);
    var known =
        operations.statistics(Tenant.DEFAULT, first).stream()
            .collect(Collectors.toMap(MinuteStatistics::minute, Function.identity()));
    return new Window(
        IntStream.range(0, minutes)
            .mapToObj(i -> first.plus(i, MINUTES))
            .map(minute -> known.getOrDefault(minute, nothingAt(minute)))
            .toList());
  }

  private static MinuteStatistics nothingAt(Instant minute) {
    return new MinuteStatistics(
        minute, 0, Map.of(), Map.of(), Map.of(), 0, 0, 0, EMPTY, EMPTY, EMPTY);
  }

  /** The last minute that is over. */
  MinuteStatistics lastFull() {
    return minutes.get(minutes.size() - 2);
  }

  /** All of it as if it had been one minute. */
  MinuteStatistics sum() {
    return new MinuteStatistics(
        minutes.getFirst().minute(),
        sum(MinuteStatistics::accepted),
        merged(MinuteStatistics::ended),
        merged(MinuteStatistics::errors),
        merged(MinuteStatistics::retries),
        sum(MinuteStatistics::fenced),
        sum(MinuteStatistics::promptTokens),
        sum(MinuteStatistics::completionTokens),
        joined(MinuteStatistics::queueTime),
        joined(MinuteStatistics::runTime),
        joined(MinuteStatistics::totalTime));
  }

  private long sum(ToLongFunction<MinuteStatistics> count) {
    return minutes.stream().mapToLong(count).sum();
  }

  private Map<String, Long> merged(Function<MinuteStatistics, Map<String, Long>> counts) {
    var all = new TreeMap<String, Long>();
    minutes.forEach(
        minute -> counts.apply(minute).forEach((name, count) -> all.merge(name, count, Long::sum)));
    return all;
  }

  private LatencyHistogram joined(Function<MinuteStatistics, LatencyHistogram> times) {
    return minutes.stream()
        .map(times)
        .filter(time -> !time.buckets().isEmpty())
        .reduce(EMPTY, LatencyHistogram::plus);
  }
}
