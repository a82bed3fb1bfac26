package dev.recado.store.sqlite;

import dev.recado.batch.Batch;
import dev.recado.batch.BatchOutcome;
import dev.recado.batch.BatchPage;
import dev.recado.batch.BatchRequest;
import dev.recado.batch.BatchResult;
import dev.recado.batch.BatchStore;
import dev.recado.batch.BatchTending;
import dev.recado.batch.NewBatch;
import dev.recado.job.BatchId;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.Tenant;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The batches of a {@link SqliteJobStore}. */
final class SqliteBatches implements BatchStore {
  /** After every id there can be. */
  private static final String NEWEST = "~";

  private static final String RESULTS =
      "SELECT r.n, r.custom_id, octet_length(o.result) AS bytes, "
          + JobRows.WITHOUT_INPUT
          + """
           FROM batch_requests r CROSS JOIN jobs j ON j.seq = r.seq AND j.batch = r.batch
          """
          + JobRows.WITH_TEXTS
          + """
           WHERE r.batch = (SELECT seq FROM batches
                             WHERE id = ? AND tenant = ? AND stage <> 'filling')
                 AND r.n > ? AND j.completed_at IS NOT NULL
           ORDER BY r.n LIMIT ?\
          """;

  private final Readers readers;
  private final GroupCommitWriter writer;
  private final JobRows rows;
  private final Clock clock;
  private final Path folder;

  SqliteBatches(Readers readers, GroupCommitWriter writer, JobRows rows, Clock clock, Path folder) {
    this.readers = readers;
    this.writer = writer;
    this.rows = rows;
    this.clock = clock;
    this.folder = folder;
  }

  @Override
  public Path scratch() {
    return folder;
  }

  @Override
  public void open(NewBatch batch) {
    writer.write(new BatchFilling.Opening(batch));
  }

  @Override
  public boolean fill(BatchId batch, List<BatchRequest> requests) {
    return writer.write(new BatchFilling.Piece(batch, requests));
  }

  @Override
  public BatchOutcome accept(Tenant tenant, BatchId batch, @Nullable IdempotencyKey key) {
    return writer.write(new BatchFilling.Acceptance(tenant, batch, key));
  }

  @Override
  public void abandon(BatchId batch) {
    writer.write(new BatchFilling.Abandonment(batch));
  }

  @Override
  public Optional<BatchOutcome> findRepeated(Tenant tenant, IdempotencyKey key) {
    return readers.read(
        statements -> BatchRows.byKey(statements.prepare(BatchRows.BY_KEY), tenant, key));
  }

  @Override
  public Optional<Batch> find(Tenant tenant, BatchId id) {
    return readers.read(
        statements -> BatchRows.find(statements.prepare(BatchRows.FIND), tenant, id));
  }

  @Override
  public BatchPage list(Tenant tenant, @Nullable BatchId before, int limit) {
    return readers.read(statements -> {
      var query =
          statements.prepare(
              BatchRows.SELECT
                  + " WHERE tenant = ? AND stage <> 'filling' AND id < ? ORDER BY id DESC LIMIT ?");
      query.setString(1, tenant.name());
      query.setString(2, before == null ? NEWEST : before.value());
      query.setInt(3, limit + 1); // one more, to see whether there is a next page
      try (var row = query.executeQuery()) {
        var batches = new ArrayList<Batch>();
        while (row.next()) {
          batches.add(BatchRows.batch(row));
        }
        var shown = batches.subList(0, Math.min(batches.size(), limit));
        return new BatchPage(shown, batches.size() > limit);
      }
    });
  }

  @Override
  public Optional<Batch> cancel(Tenant tenant, BatchId id) {
    writer.write(new BatchFilling.Cancellation(tenant, id));
    return find(tenant, id);
  }

  @Override
  public List<BatchResult> results(Tenant tenant, BatchId id, int after, int limit) {
    return readers.read(statements -> {
      var query = statements.prepare(RESULTS);
      query.setString(1, id.value());
      query.setString(2, tenant.name());
      query.setInt(3, after);
      query.setInt(4, limit);
      try (var row = query.executeQuery()) {
        var results = new ArrayList<BatchResult>();
        for (var bytes = 0L; row.next(); ) {
          bytes += row.getLong("bytes");
          if (bytes > RESULT_BYTES && !results.isEmpty()) {
            break;
          }
          results.add(result(row));
        }
        return results;
      }
    });
  }

  private BatchResult result(ResultSet row) throws SQLException {
    return new BatchResult(row.getInt("n"), row.getString("custom_id"), rows.job(row));
  }

  @Override
  public BatchTending tend() {
    var isDue = readers.read(statements -> BatchWork.isDue(statements, clock.millis()));
    return isDue ? writer.write(new BatchWork()) : BatchTending.NOTHING;
  }
}
