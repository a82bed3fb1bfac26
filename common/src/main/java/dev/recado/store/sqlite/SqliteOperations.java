package dev.recado.store.sqlite;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.Tenant;
import dev.recado.store.HistoryEntry;
import dev.recado.store.JobPage;
import dev.recado.store.LastClaim;
import dev.recado.store.MinuteStatistics;
import dev.recado.store.Operations;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators see and steer, in the file of the job store. */
final class SqliteOperations implements Operations {
  private final Readers readers;
  private final GroupCommitWriter writer;
  private final JobRows rows;
  private final Listing listing;
  private final JobIds ids;

  SqliteOperations(
      Readers readers, GroupCommitWriter writer, JobRows rows, Listing listing, Clock clock) {
    this.readers = readers;
    this.writer = writer;
    this.rows = rows;
    this.listing = listing;
    this.ids = new JobIds(clock);
  }

  @Override
  public Optional<Instant> pausedSince() {
    return readers.read(Pause::since);
  }

  @Override
  public Instant pause() {
    return writer.write(new Pause.Begin());
  }

  @Override
  public boolean resume() {
    return writer.write(new Pause.End());
  }

  @Override
  public List<MinuteStatistics> statistics(Tenant tenant, Instant since) {
    return readers.read(statements -> Minutes.since(statements, tenant, since));
  }

  @Override
  public List<HistoryEntry> history(Tenant tenant, JobId id) {
    return readers.read(statements -> History.of(statements, tenant, id));
  }

  @Override
  public Optional<LastClaim> lastClaim(Tenant tenant, JobId id) {
    return readers.read(statements -> History.lastClaim(statements, tenant, id));
  }

  @Override
  public JobPage failures(
      Tenant tenant,
      ErrorCode code,
      @Nullable Instant createdAfter,
      @Nullable Instant createdBefore,
      int limit,
      @Nullable JobId cursor) {
    return listing.failures(tenant, code, createdAfter, createdBefore, limit, cursor);
  }

  @Override
  public Map<JobId, JobId> retryFailed(Tenant tenant, List<JobId> failed) {
    return writer.write(new Repetition(tenant, failed, ids, rows));
  }
}
