package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Setbacks;
import dev.recado.job.WorkerId;
import dev.recado.store.sqlite.Statistics.Measure;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The new jobs of the open transaction, in order, not written yet. A claim of the same transaction
 * may take them: they are then written once, as taken, instead of written, found, changed and read
 * again. What nobody takes is written as queued when the transaction ends. Only jobs of the usual
 * line are kept back so.
 */
final class Arrivals {
  /** A due time that never comes, for what is not to be claimed yet. */
  static final long HIDDEN = 9_000_000_000_000_000L;

  private static final int FIRST_ATTEMPT = 1;
  private static final Integer HAS_WEBHOOK = 1;

  private final Transaction transaction;
  private final Queue<Arrival> waiting = new ArrayDeque<>();
  private final List<NewJob> dueInOtherLines = new ArrayList<>();

  Arrivals(Transaction transaction) {
    this.transaction = transaction;
  }

  private record Arrival(long seq, NewJob job, @Nullable Long runAfter, @Nullable Long batch) {
    Line line() {
      return runAfter == null ? Line.of(job.priority()) : Line.LATER;
    }

    Account account() {
      return new Account(job.tenant(), line(), batch);
    }

    ClaimedJob claimed(WorkerId worker, Instant now) {
      return new ClaimedJob(
          seq,
          job.id(),
          job.tenant(),
          job.kind(),
          job.model(),
          job.inputJson(),
          job.priority(),
          FIRST_ATTEMPT,
          worker,
          job.id().createdAt(),
          job.deadline(),
          null,
          Setbacks.NONE,
          job.id().createdAt(),
          now,
          job.traceparent());
    }
  }

  /** Takes a job in; says where it stands. */
  Line add(NewJob job) throws SQLException {
    var arrival = new Arrival(transaction.nextSeq(), job, dueTime(job), null);
    if (arrival.line() == Line.NORMAL) {
      waiting.add(arrival);
    } else {
      // In the order of the others, which only an index knows.
      write(arrival, JobState.QUEUED, null);
      if (arrival.line() != Line.LATER) {
        dueInOtherLines.add(job);
      }
    }
    transaction.counters().accepted(arrival.account());
    return arrival.line();
  }

  /**
   * Takes in a job of a batch that nobody can claim until it is given its time.
   *
   * @return where it is kept
   */
  long addHidden(NewJob job, long batch) throws SQLException {
    var arrival = new Arrival(transaction.nextSeq(), job, HIDDEN, batch);
    write(arrival, JobState.QUEUED, null);
    transaction.counters().accepted(arrival.account());
    return arrival.seq();
  }

  private @Nullable Long dueTime(NewJob job) {
    return job.runAt() != null && job.isForLater(Instant.ofEpochMilli(transaction.now()))
        ? job.runAt().toEpochMilli()
        : null;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Whether one of them repeats this job. */
  boolean isRepeated(JobId job) {
    return waiting.stream().anyMatch(arrival -> job.equals(arrival.job().retryOf()));
  }

  int size() {
    return waiting.size();
  }

  /** Writes the first of them as taken by this worker. */
  List<ClaimedJob> take(WorkerId worker, int atMost) throws SQLException {
    var taken = new ArrayList<ClaimedJob>();
    while (taken.size() < atMost && !waiting.isEmpty()) {
      var arrival = waiting.remove();
      write(arrival, JobState.PROCESSING, worker);
      transaction.counters().moved(arrival.account(), JobState.QUEUED, JobState.PROCESSING);
      var now = Instant.ofEpochMilli(transaction.now());
      taken.add(begun(arrival.claimed(worker, now)));
    }
    return taken;
  }

  private ClaimedJob begun(ClaimedJob job) {
    transaction.statistics().took(job.tenant(), Measure.QUEUE_TIME, job.dueAt().toEpochMilli());
    return job;
  }

  /** Tells of the due ones that nobody has taken, as far as that is known without a look. */
  void announce(Announcements announcements) {
    waiting.forEach(arrival -> announcements.announce(arrival.job()));
    dueInOtherLines.forEach(announcements::announce);
  }

  /** Writes the rest as queued. */
  void enqueue() throws SQLException {
    while (!waiting.isEmpty()) {
      write(waiting.remove(), JobState.QUEUED, null);
    }
  }

  void clear() {
    waiting.clear();
    dueInOtherLines.clear();
  }

  private void write(Arrival arrival, JobState state, @Nullable WorkerId owner)
      throws SQLException {
    writeJob(arrival, state, owner);
    writeInput(arrival.seq(), arrival.job());
  }

  private void writeJob(Arrival arrival, JobState state, @Nullable WorkerId owner)
      throws SQLException {
    var insert =
        transaction.prepare(
            """
            INSERT INTO jobs (seq, id, tenant, kind, state, model, retry_of, deadline,
                              attempt, owner, started_at, webhook, priority, run_at, run_after,
                              batch, traceparent)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
            """);
    var job = arrival.job();
    insert.setLong(1, arrival.seq());
    insert.setString(2, job.id().value());
    insert.setString(3, job.tenant().name());
    insert.setString(4, job.kind());
    insert.setString(5, state.wireName());
    insert.setString(6, job.model());
    insert.setString(7, job.retryOf() == null ? null : job.retryOf().value());
    insert.setLong(8, job.deadline().toEpochMilli());
    insert.setInt(9, owner == null ? 0 : FIRST_ATTEMPT);
    insert.setString(10, owner == null ? null : owner.value());
    NullableNumber.set(insert, 11, owner == null ? null : transaction.now());
    NullableNumber.set(insert, 12, job.webhook() == null ? null : HAS_WEBHOOK);
    insert.setInt(13, job.priority().rank());
    NullableNumber.set(insert, 14, dueTime(job));
    NullableNumber.set(insert, 15, arrival.runAfter());
    NullableNumber.set(insert, 16, arrival.batch());
    insert.setString(17, job.traceparent());
    insert.executeUpdate();
  }

  private void writeInput(long seq, NewJob job) throws SQLException {
    var insert =
        transaction.prepare(
            "INSERT INTO job_inputs (seq, input, metadata, webhook) VALUES (?, ?, ?, ?)");
    insert.setLong(1, seq);
    insert.setString(2, job.inputJson());
    insert.setString(3, job.metadataJson());
    insert.setString(4, job.webhook());
    insert.executeUpdate();
  }
}
