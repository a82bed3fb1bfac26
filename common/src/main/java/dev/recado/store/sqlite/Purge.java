package dev.recado.store.sqlite;

import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.lifecycle.FailPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The next piece of erasing old texts and dropping old tombstones, oldest first. A job with a row
 * in job_inputs is not erased yet, so that table is its own list of what is left to do.
 *
 * @param from where this piece begins
 */
record Purge(Duration retention, Place from) implements WriteCommand<Purge.Piece> {
  private static final int BATCH = 500;

  private static final String WITH_TEXTS =
      """
      SELECT seq, j.state, j.tenant, j.priority FROM job_inputs CROSS JOIN jobs j USING (seq)
       WHERE seq >= ? AND seq < ? AND j.completed_at < ? ORDER BY seq LIMIT ?\
      """;

  // A batch has a line for each of its jobs for as long as it is there.
  private static final String TOMBSTONES =
      """
      SELECT seq, state, tenant, priority FROM jobs NOT INDEXED
       WHERE seq >= ?1 AND seq < ?2 AND completed_at < ?3
             AND (batch IS NULL
                  OR NOT EXISTS (SELECT 1 FROM batches b WHERE b.seq = jobs.batch
                                  AND (b.completed_at IS NULL OR b.completed_at >= ?3)))
       ORDER BY seq LIMIT ?4\
      """;

  /** From which rows on nothing has been looked at in this round. */
  record Place(long texts, long tombstones, long labels) {
    static final Place START = new Place(Window.START, Window.START, Window.START);
    static final Place END =
        new Place(Window.NOTHING_LEFT, Window.NOTHING_LEFT, Window.NOTHING_LEFT);
  }

  /**
   * What was done.
   *
   * @param touched how many rows were changed
   * @param next where the next piece begins
   */
  record Piece(int touched, Place next) {
    /** Nothing is left for now. */
    boolean isLast() {
      return touched == 0 && next.equals(Place.END);
    }
  }

  @Override
  public Piece apply(Transaction transaction) throws SQLException {
    Minutes.forgetOld(transaction);
    var cutoff = transaction.now() - retention.toMillis();
    var dropCutoff = cutoff - retention.toMillis();
    var texts = look(transaction, "job_inputs", from.texts(), WITH_TEXTS, cutoff);
    eraseTexts(transaction, texts.old());
    var tombstones = look(transaction, "jobs", from.tombstones(), TOMBSTONES, dropCutoff);
    for (var job : tombstones.old()) {
      drop(transaction, job);
    }
    var labels = Window.of(transaction, "batches", from.labels(), Window.NOTHING_LEFT);
    var touched = texts.old().size() + tombstones.old().size();
    return new Piece(
        touched
            + BatchPurge.eraseLabels(transaction, labels, cutoff)
            + BatchPurge.dropOldest(transaction, dropCutoff, BATCH),
        new Place(texts.next(), tombstones.next(), labels.next()));
  }

  private static void eraseTexts(Transaction transaction, List<Old> jobs) throws SQLException {
    for (var job : jobs) {
      Erasure.eraseTexts(transaction, job.seq());
      FailPoint.MID_PURGE.reached();
    }
  }

  private record Found(List<Old> old, long next) {}

  private record Old(long seq, Account account, JobState state) {}

  private static Found look(
      Transaction transaction, String table, long from, String sql, long cutoff)
      throws SQLException {
    var window = Window.of(transaction, table, from, firstYoung(transaction, cutoff));
    var select = transaction.prepare(sql);
    select.setLong(1, window.first());
    select.setLong(2, window.end());
    select.setLong(3, cutoff);
    select.setInt(4, BATCH);
    try (var row = select.executeQuery()) {
      var old = all(row);
      return new Found(old, old.size() < BATCH ? window.next() : old.getLast().seq() + 1);
    }
  }

  /** The number of the first job that was accepted since then: later ones are younger. */
  private static long firstYoung(Transaction transaction, long cutoff) throws SQLException {
    var query = transaction.prepare("SELECT seq FROM jobs WHERE id >= ? ORDER BY id LIMIT 1");
    query.setString(1, JobId.earliestAt(Instant.ofEpochMilli(cutoff)).value());
    try (var row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : Window.NOTHING_LEFT;
    }
  }

  private static List<Old> all(ResultSet row) throws SQLException {
    var old = new ArrayList<Old>();
    while (row.next()) {
      old.add(new Old(row.getLong(1), JobRows.accountAlone(row), JobRows.state(row.getString(2))));
    }
    return old;
  }

  private static void drop(Transaction transaction, Old job) throws SQLException {
    Erasure.eraseTexts(transaction, job.seq());
    KeyedSubmission.forget(transaction, job.seq());
    var delete = transaction.prepare("DELETE FROM jobs WHERE seq = ?");
    delete.setLong(1, job.seq());
    delete.executeUpdate();
    transaction.counters().dropped(job.account(), job.state());
  }
}
