package dev.recado.store.sqlite;

import dev.recado.job.Tenant;
import dev.recado.store.LatencyHistogram;
import dev.recado.store.MinuteStatistics;
import dev.recado.store.sqlite.Statistics.Measure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what {@link Statistics} has written, and forgets it after a day. */
final class Minutes {
  static final long MILLIS = Duration.ofMinutes(1).toMillis();
  private static final long KEPT = Duration.ofDays(1).toMinutes();

  private Minutes() {}

  static List<MinuteStatistics> since(Statements statements, Tenant tenant, Instant since)
      throws SQLException {
    var query =
        statements.prepare(
            """
            SELECT minute, measure, label, n FROM statistics
             WHERE minute >= ? AND tenant = ? ORDER BY minute\
            """);
    query.setLong(1, Math.floorDiv(since.toEpochMilli(), MILLIS));
    query.setString(2, tenant.name());
    var minutes = new TreeMap<Long, Map<Measure, Map<String, Long>>>();
    try (var row = query.executeQuery()) {
      while (row.next()) {
        minutes
            .computeIfAbsent(row.getLong(1), _ -> new EnumMap<>(Measure.class))
            .computeIfAbsent(Measure.valueOf(row.getString(2)), _ -> new HashMap<>())
            .put(row.getString(3), row.getLong(4));
      }
    }
    var statistics = new ArrayList<MinuteStatistics>();
    minutes.forEach((minute, counts) -> statistics.add(statistics(minute, counts)));
    return statistics;
  }

  private static MinuteStatistics statistics(long minute, Map<Measure, Map<String, Long>> counts) {
    return new MinuteStatistics(
        Instant.ofEpochMilli(minute * MILLIS),
        sum(counts, Measure.ACCEPTED),
        byLabel(counts, Measure.ENDED),
        byLabel(counts, Measure.ERROR),
        byLabel(counts, Measure.RETRY),
        sum(counts, Measure.FENCED),
        sum(counts, Measure.PROMPT_TOKENS),
        sum(counts, Measure.COMPLETION_TOKENS),
        histogram(counts, Measure.QUEUE_TIME),
        histogram(counts, Measure.RUN_TIME),
        histogram(counts, Measure.TOTAL_TIME));
  }

  private static Map<String, Long> byLabel(
      Map<Measure, Map<String, Long>> counts, Measure measure) {
    return counts.getOrDefault(measure, Map.of());
  }

  private static long sum(Map<Measure, Map<String, Long>> counts, Measure measure) {
    return byLabel(counts, measure).values().stream().mapToLong(Long::longValue).sum();
  }

  private static LatencyHistogram histogram(
      Map<Measure, Map<String, Long>> counts, Measure measure) {
    var buckets = new HashMap<Integer, Long>();
    byLabel(counts, measure).forEach((label, n) -> buckets.put(Integer.valueOf(label), n));
    return new LatencyHistogram(buckets);
  }

  /** A minute has a few dozen rows, so what is old is never much. */
  static void forgetOld(Transaction transaction) throws SQLException {
    var delete = transaction.prepare("DELETE FROM statistics WHERE minute < ?");
    delete.setLong(1, transaction.now() / MILLIS - KEPT);
    delete.executeUpdate();
  }
}
