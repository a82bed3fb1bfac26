package dev.recado.store.sqlite;

import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.job.Usage;
import dev.recado.store.LatencyHistogram;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What transactions did, for {@link dev.recado.store.MinuteStatistics}. It is kept in memory and
 * written by the first transaction of each second, so that a job adds no statement of its own.
 */
final class Statistics {
  private static final long PERIOD = Duration.ofSeconds(1).toMillis();

  private final Transaction transaction;
  private final Map<Key, Long> open = new HashMap<>();
  private final List<Took> times = new ArrayList<>();
  private final Map<Key, Long> unwritten = new HashMap<>();
  private long writtenAt;
  private volatile boolean isComplete = true;

  /** What is counted. The names are those of the table. */
  enum Measure {
    ACCEPTED,
    ENDED,
    ERROR,
    RETRY,
    FENCED,
    PROMPT_TOKENS,
    COMPLETION_TOKENS,
    QUEUE_TIME,
    RUN_TIME,
    TOTAL_TIME
  }

  private record Key(long minute, Tenant tenant, Measure measure, String label) {}

  private record Took(Measure measure, Duration time) {}

  Statistics(Transaction transaction) {
    this.transaction = transaction;
  }

  void accepted(Tenant tenant) {
    add(tenant, Measure.ACCEPTED, "", 1);
  }

  void ended(Tenant tenant, JobState state) {
    add(tenant, Measure.ENDED, state.wireName(), 1);
  }

  void failed(Tenant tenant, String code) {
    add(tenant, Measure.ERROR, code, 1);
  }

  void retried(Tenant tenant, String cause) {
    add(tenant, Measure.RETRY, cause, 1);
  }

  void fenced(Tenant tenant) {
    add(tenant, Measure.FENCED, "", 1);
  }

  void used(Tenant tenant, Usage usage) {
    addTokens(tenant, Measure.PROMPT_TOKENS, usage.promptTokens());
    addTokens(tenant, Measure.COMPLETION_TOKENS, usage.completionTokens());
  }

  private void addTokens(Tenant tenant, Measure measure, @Nullable Long tokens) {
    if (tokens != null && tokens > 0) {
      add(tenant, measure, "", tokens);
    }
  }

  /** It took until now. */
  void took(Tenant tenant, Measure measure, long sinceMillis) {
    var time = Duration.ofMillis(Math.max(0, transaction.now() - sinceMillis));
    add(tenant, measure, Integer.toString(LatencyHistogram.bucketOf(time)), 1);
    times.add(new Took(measure, time));
  }

  private void add(Tenant tenant, Measure measure, String label, long n) {
    open.merge(new Key(transaction.now() / Minutes.MILLIS, tenant, measure, label), n, Long::sum);
  }

  /** Whether everything is written that was committed. Any thread may ask. */
  boolean isComplete() {
    return isComplete;
  }

  /** A transaction begins. */
  void clear() {
    open.clear();
    times.clear();
  }

  /** The transaction is about to be committed. */
  void writeIfDue() throws SQLException {
    if (isDue()) {
      write(unwritten);
      write(open);
    }
  }

  private boolean isDue() {
    return Math.abs(transaction.now() - writtenAt) >= PERIOD;
  }

  private void write(Map<Key, Long> counts) throws SQLException {
    for (var count : counts.entrySet()) {
      write(count.getKey(), count.getValue());
    }
  }

  /** The transaction was committed. */
  void committed() {
    if (isDue()) {
      writtenAt = transaction.now();
      unwritten.clear();
    } else {
      open.forEach((key, n) -> unwritten.merge(key, n, Long::sum));
    }
    isComplete = unwritten.isEmpty();
  }

  /** Tells what the last transaction has done, now that it is committed. */
  void tell(JobMeters meters) {
    open.forEach((key, n) -> meters.count(key.measure(), key.label(), (double) n));
    times.forEach(took -> meters.took(took.measure(), took.time()));
  }

  /** Writes what is left, as nobody will do so later. */
  void writeAll() {
    writtenAt = 0;
  }

  private void write(Key key, long n) throws SQLException {
    var insert =
        transaction.prepare(
            """
            INSERT INTO statistics (minute, tenant, measure, label, n) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (minute, tenant, measure, label) DO UPDATE SET n = n + excluded.n\
            """);
    insert.setLong(1, key.minute());
    insert.setString(2, key.tenant().name());
    insert.setString(3, key.measure().name());
    insert.setString(4, key.label());
    insert.setLong(5, n);
    insert.executeUpdate();
  }
}
