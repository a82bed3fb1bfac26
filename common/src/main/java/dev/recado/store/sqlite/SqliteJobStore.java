package dev.recado.store.sqlite;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.recado.batch.BatchStore;
import dev.recado.config.StoreUrl;
import dev.recado.delivery.Deliveries;
import dev.recado.job.ClaimedJob;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.lifecycle.Rounds;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.CancelOutcome;
import dev.recado.store.Claimant;
import dev.recado.store.EraseOutcome;
import dev.recado.store.JobPage;
import dev.recado.store.JobQuery;
import dev.recado.store.JobStore;
import dev.recado.store.Lease;
import dev.recado.store.Models;
import dev.recado.store.OnceOutcome;
import dev.recado.store.Operations;
import dev.recado.store.OutputChunk;
import dev.recado.store.Progress;
import dev.recado.store.QueueSnapshot;
import dev.recado.store.Receipt;
import dev.recado.store.StoreDamagedException;
import dev.recado.store.StoreLoad;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.SweepReport;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The job store in one SQLite file (WAL, {@code synchronous=FULL}). Several processes of one host
 * may open the same file; it must not lie on a network file system.
 */
public final class SqliteJobStore implements JobStore {
  private static final Log log = Log.of(SqliteJobStore.class);
  private static final int READERS = 4;

  private final SqliteFile file;
  private final Clock clock;
  private final OutcomeJson json = new OutcomeJson();
  private final Lifelines lifelines;
  private final Readers readers;
  private final GroupCommitWriter writer;
  private final JobRows rows;
  private final SqliteBatches batches;
  private final Lookup lookup;
  private final Positions positions;
  private final Claimable claimable;
  private final Listing listing;
  private final Overview overview;
  private final SqliteDeliveries deliveries;
  private final SqliteOperations operations;
  private final Rounds statistics;
  private final Checkpoints checkpoints;
  private final Retention retention;
  private final Optional<Examination> examination;

  private SqliteJobStore(
      SqliteFile file, Clock clock, Consumer<StoreUnavailableException> onEnd, StoreMeters meters)
      throws SQLException {
    this.file = file;
    this.clock = clock;
    file.requireSound();
    var writing = file.writer();
    try (var connection = writing.getConnection()) {
      SqliteFile.requireSafeVersion(connection);
      new Migrations(connection).apply();
    }
    this.lifelines = Lifelines.of(file.path());
    this.writer =
        new GroupCommitWriter(
            writing, clock, failure -> onEnd.accept(Damage.end(file.path(), failure)), meters);
    this.readers = new Readers(file.readers(READERS));
    this.rows = new JobRows(json);
    this.lookup = new Lookup(readers, rows);
    this.batches = new SqliteBatches(readers, writer, rows, clock, file.folder());
    this.positions = new Positions(readers);
    this.claimable = new Claimable(readers);
    this.overview = new Overview(readers, clock);
    this.checkpoints = Checkpoints.start(file.path(), onEnd::accept);
    this.retention = new Retention(writer);
    this.examination =
        file.isSmall()
            ? Optional.empty()
            : Optional.of(Examination.beside(file.path(), onEnd::accept));
    this.deliveries = new SqliteDeliveries(readers, writer, clock);
    this.listing = new Listing(readers, rows, overview);
    this.operations = new SqliteOperations(readers, writer, rows, listing, clock);
    this.statistics =
        new Rounds(Thread.ofVirtual().name("store-statistics"), this::writeStatistics);
    statistics.start();
  }

  /**
   * Opens the store; creates the file and its folder, for their owner only, if they are missing.
   *
   * @param jdbcUrl {@code jdbc:sqlite:} and a path
   * @param clock dates everything; all processes on one store must share it
   * @throws StoreUnavailableException if the file cannot be opened
   * @throws IllegalArgumentException if the URL is of another kind
   */
  public static SqliteJobStore open(String jdbcUrl, Clock clock) {
    return open(StoreUrl.parse(jdbcUrl), clock, _ -> {}, StoreMeters.unseen());
  }

  /**
   * Opens the store like {@link #open(String, Clock)}.
   *
   * @param onEnd hears at most a few times, from any thread, that nothing is written any more: a
   *     {@link StoreDamagedException} if the file was found damaged or its disk failing after it
   *     was opened, another if it was a mistake of ours. What was not confirmed by then will not
   *     be; the process should end at once
   * @param meters hear how the store fares
   * @throws StoreDamagedException if it is found damaged at once
   */
  public static SqliteJobStore open(
      StoreUrl url, Clock clock, Consumer<StoreUnavailableException> onEnd, StoreMeters meters) {
    var file = SqliteFile.at(url);
    try {
      return new SqliteJobStore(file, clock, onEnd, meters);
    } catch (SQLException | PoolInitializationException e) {
      throw Damage.explain(file.path(), e);
    }
  }

  @Override
  public Receipt add(NewJob job) {
    return writer.write(new Submission(job));
  }

  @Override
  public OnceOutcome addOnce(NewJob job, IdempotencyKey key) {
    return writer.write(new KeyedSubmission(job, key));
  }

  @Override
  public Optional<OnceOutcome> findRepeated(Tenant tenant, IdempotencyKey key) {
    return readers.read(statements -> KeyedSubmission.find(statements, tenant, key));
  }

  @Override
  public Optional<Job> find(Tenant tenant, JobId id) {
    return lookup.find(tenant, id);
  }

  @Override
  public Optional<Job> findOutcome(Tenant tenant, JobId id) {
    return lookup.findOutcome(tenant, id);
  }

  @Override
  public Optional<JobState> state(Tenant tenant, JobId id) {
    return lookup.state(tenant, id);
  }

  @Override
  public Optional<Progress> progress(Tenant tenant, JobId id, int attempt, int from) {
    return readers.read(statements -> LiveOutput.find(statements, tenant, id, attempt, from));
  }

  @Override
  public Optional<Long> queuePosition(Tenant tenant, JobId id) {
    return positions.of(tenant, id);
  }

  @Override
  public JobPage list(JobQuery query) {
    return listing.page(query);
  }

  @Override
  public CancelOutcome cancel(Tenant tenant, JobId id) {
    return writer.write(new Cancellation(tenant, id, rows));
  }

  @Override
  public EraseOutcome erase(Tenant tenant, JobId id) {
    return writer.write(new Erasure(tenant, id));
  }

  @Override
  public Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public QueueSnapshot queue(Tenant tenant) {
    return overview.of(tenant);
  }

  @Override
  public StoreLoad load() {
    return overview.load(file.bytes(), file.freeBytes());
  }

  @Override
  public int claimable(int atMost) {
    // In this order: one that is committed meanwhile is counted twice rather than never.
    var underWay = writer.announcements().underWay();
    return Math.min(atMost, underWay + claimable.count(atMost));
  }

  @Override
  public void probe() {
    claimable.isAny();
    writer.write(Transaction::now);
  }

  @Override
  public Operations operations() {
    return operations;
  }

  /** What nothing has followed that would have written it. */
  private Duration writeStatistics() {
    try {
      writer.writeStatistics();
    } catch (RuntimeException e) {
      log.tellWhy(e, LogEvent.STORE_STATISTICS_WAIT); // whoever writes jobs meets the same
    }
    return Duration.ofSeconds(1);
  }

  @Override
  public BatchStore batches() {
    return batches;
  }

  @Override
  public void signOn(WorkerId worker, int slots, Duration lease) {
    var lifeline = lifelines.hold(worker);
    try {
      writer.write(new Leases.SignOn(worker, slots, lease, lifeline));
    } catch (RuntimeException failure) {
      lifelines.release(worker);
      throw failure;
    }
  }

  @Override
  public boolean renewLease(WorkerId worker, Duration lease) {
    var isRenewed = writer.write(new Leases.Renewal(worker, lease));
    if (!isRenewed) {
      lifelines.release(worker);
    }
    return isRenewed;
  }

  @Override
  public void signOff(WorkerId worker) {
    writer.write(new Leases.SignOff(worker));
    lifelines.release(worker);
  }

  @Override
  public List<ClaimedJob> claim(WorkerId worker, int atMost) {
    return writer.write(new Claim(worker, atMost));
  }

  @Override
  public void handArrivalsTo(Claimant claimant) {
    writer.handArrivalsTo(claimant);
  }

  @Override
  public List<ClaimedJob> claimOne(WorkerId worker, Models models, String usualModel) {
    var claim = new Claim.One(worker, models, usualModel);
    return readers.read(claim::isThere) ? writer.write(claim) : List.of();
  }

  @Override
  public boolean looksClaimable() {
    // A claim that shares a transaction costs next to nothing.
    return writer.isBusy() || claimable.isAny();
  }

  @Override
  public void announceArrivalsTo(Consumer<NewJob> listener) {
    writer.announcements().to(listener);
  }

  @Override
  public Set<JobId> append(List<OutputChunk> chunks) {
    return writer.write(new LiveOutput.Append(chunks));
  }

  @Override
  public boolean settle(ClaimedJob job, Settlement settlement) {
    return writer.write(Settle.of(job, settlement, json));
  }

  @Override
  public List<JobId> takenAwayFrom(WorkerId worker) {
    return readers.exists(Leases.NoticeTakenAway.ANY, worker.value())
        ? writer.write(new Leases.NoticeTakenAway(worker))
        : List.of();
  }

  @Override
  public SweepReport sweep(int maxCrashes, Instant lapsedBefore) {
    var sweep = new Sweep(maxCrashes, lapsedBefore.toEpochMilli(), json);
    var due = readers.read(statements -> sweep.isDue(statements, clock.millis()));
    var done = due ? writer.write(sweep) : SweepReport.NOTHING_DONE;
    var waiting = claimable.first();
    var nextLapse = readers.read(Leases::nextLapse);
    var nextDue = readers.read(Sweep::nextDue);
    return done.with(waiting, nextLapse, nextDue);
  }

  @Override
  public void awaitDisk() {
    var _ = writer.write(new Touch());
  }

  @Override
  public List<Lease> leases() {
    return readers.read(Leases::all);
  }

  @Override
  public List<Lease> leasesOfTheDead() {
    return readers.read(statements -> Leases.loose(statements, lifelines::isLoose));
  }

  @Override
  public boolean end(Lease lease) {
    return writer.write(new Leases.End(lease));
  }

  @Override
  public int purge(Duration retention) {
    return this.retention.purge(retention);
  }

  @Override
  public void close() {
    examination.ifPresent(Examination::close);
    statistics.close();
    checkpoints.close();
    writeStatistics();
    writer.close();
    readers.close();
    lifelines.close();
  }
}
