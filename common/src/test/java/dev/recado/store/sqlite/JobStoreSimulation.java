package dev.recado.store.sqlite;

import dev.recado.job.ClaimedJob;
import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Priority;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.testing.SettableClock;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.sqlite.SQLiteConnection;

/**
 * Drives the store's real commands, over SQLite in memory, through one history of random events:
 * submits, claims, renewals, outcomes, late and double outcomes, crashes, suspensions, cancels,
 * erasures, sweeps, purges, and a clock that runs, leaps and steps back. The {@link HistoryChecker}
 * watches; the same seed gives the same history.
 */
final class JobStoreSimulation implements AutoCloseable {
  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);
  private static final Duration RETENTION = Duration.ofHours(1);
  private static final int MAX_CRASHES = 5;
  private static final int MOST_LIVE_WORKERS = 4;
  private static final JobResult ANSWER = new JobResult("a", null, null, "m", null, "stop");
  private static final JobError ERROR = JobError.ours(ErrorCode.PROVIDER_OVERLOADED, "busy", true);

  /** A fault put in on purpose, to see that the checker sees it. */
  enum Sabotage {
    NONE,
    /** Late outcomes are written under whatever attempt is the newest. */
    NO_FENCE,
    /** The sweeper takes jobs from workers whose lease is still good. */
    HASTY_SWEEP,
    /** Retries are never woken, and nothing expires. */
    NO_SWEEP
  }

  private final Random random;
  private final Sabotage sabotage;
  private final SettableClock clock = new SettableClock();
  private final JobIds ids;
  private final Connection connection;
  private final Transaction transaction;
  private final Statements reading;
  private final OutcomeJson json = new OutcomeJson();
  private final JobRows rows = new JobRows(json);
  private final HistoryChecker checker = new HistoryChecker();
  private final List<JobId> jobs = new ArrayList<>();
  private final List<WorkerId> workers = new ArrayList<>();
  private final Map<WorkerId, List<ClaimedJob>> held = new HashMap<>();
  private final List<ClaimedJob> ghosts = new ArrayList<>();

  JobStoreSimulation(long seed, Sabotage sabotage) throws SQLException {
    this.random = new Random(seed);
    this.sabotage = sabotage;
    this.ids = new JobIds(clock);
    this.connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    new Migrations(connection).apply();
    this.reading = new Statements(connection);
    this.transaction = new Transaction(connection.unwrap(SQLiteConnection.class), clock);
  }

  void run(int steps) throws SQLException {
    for (var i = 0; i < steps; i++) {
      step();
    }
    healAndDrain();
    checker.everythingEnded(jobs, this::stateOf);
    checker.countersEqual(transaction, connection);
  }

  private void step() throws SQLException {
    switch (random.nextInt(20)) {
      case 0, 1 -> submit();
      case 2 -> submitWithClaim();
      case 3 -> signOn();
      case 4, 5, 6, 7 -> claim();
      case 8, 9, 10 -> settleHeld();
      case 11 -> settleGhost();
      case 12 -> renewAll();
      case 13 -> crash();
      case 14 -> cancel();
      case 15 -> signOff();
      case 16, 17 -> sweep();
      case 18 -> moveClock();
      default -> eraseOrPurge();
    }
  }

  private void submit() throws SQLException {
    apply(submission());
  }

  private Submission submission() {
    var job =
        new NewJob(
            ids.next(),
            Tenant.DEFAULT,
            "generate",
            null,
            "{}",
            null,
            TIME_TO_LIVE,
            null,
            null,
            anyOf(List.of(Priority.values())),
            random.nextInt(4) == 0 ? clock.instant().plusMillis(random.nextInt(60_000)) : null,
            null);
    jobs.add(job.id());
    clock.advance(Duration.ofMillis(1));
    return new Submission(job);
  }

  /** In one transaction, as the writer does with what waits together. */
  private void submitWithClaim() throws SQLException {
    if (workers.isEmpty()) {
      submit();
      return;
    }
    var worker = anyOf(workers);
    var arriving = List.of(submission(), submission());
    take(
        worker,
        apply(open -> {
          for (var submission : arriving) {
            submission.apply(open);
          }
          return new Claim(worker, 1 + random.nextInt(4)).apply(open);
        }));
  }

  private void signOn() throws SQLException {
    if (workers.size() < MOST_LIVE_WORKERS) {
      var worker = new WorkerId(new UUID(random.nextLong(), random.nextLong()).toString());
      apply(new Leases.SignOn(worker, 8, LEASE, 0));
      workers.add(worker);
      held.put(worker, new ArrayList<>());
      checker.leased(worker, clock.instant().plus(LEASE));
    }
  }

  private void claim() throws SQLException {
    if (workers.isEmpty()) {
      return;
    }
    var worker = anyOf(workers);
    take(worker, apply(new Claim(worker, 1 + random.nextInt(4))));
  }

  private void take(WorkerId worker, List<ClaimedJob> claimed) {
    for (var job : claimed) {
      checker.claimed(worker, job);
      heldBy(worker).add(job);
    }
  }

  private void settleHeld() throws SQLException {
    if (workers.isEmpty() || heldBy(workers.getFirst()).isEmpty()) {
      return;
    }
    var mine = heldBy(workers.getFirst());
    var job = mine.remove(random.nextInt(mine.size()));
    settle(job, job);
    if (random.nextInt(4) == 0) {
      ghosts.add(job); // the same outcome once more, later
    }
  }

  private void settleGhost() throws SQLException {
    if (ghosts.isEmpty()) {
      return;
    }
    var job = ghosts.remove(random.nextInt(ghosts.size()));
    settle(job, sabotage == Sabotage.NO_FENCE ? withNewestAttempt(job) : job);
  }

  private ClaimedJob withNewestAttempt(ClaimedJob job) throws SQLException {
    return new ClaimedJob(
        job.seq(),
        job.id(),
        job.tenant(),
        job.kind(),
        job.model(),
        job.inputJson(),
        job.priority(),
        newestAttempt(job.id()),
        job.worker(),
        job.createdAt(),
        job.deadline(),
        job.batch(),
        job.setbacks(),
        job.dueAt(),
        job.claimedAt(),
        job.traceparent());
  }

  private void settle(ClaimedJob job, ClaimedJob as) throws SQLException {
    var settlement = anySettlement(job);
    if (apply(Settle.of(as, settlement, json))) {
      checker.settled(job, settlement);
    }
  }

  private Settlement anySettlement(ClaimedJob job) {
    var before = job.setbacks();
    return switch (random.nextInt(6)) {
      case 0 -> new Settlement.Fail(ERROR, null);
      case 1 -> new Settlement.Expire(ERROR);
      case 2 ->
          new Settlement.Retry(
              clock.instant().plusMillis(random.nextInt(60_000)),
              ERROR,
              before.plusFailure(ERROR.code()));
      case 3 -> new Settlement.HandBack(before.plusInterruption());
      default -> new Settlement.Succeed(ANSWER);
    };
  }

  private void renewAll() throws SQLException {
    for (var worker : List.copyOf(workers)) {
      if (apply(new Leases.Renewal(worker, LEASE))) {
        checker.leased(worker, clock.instant().plus(LEASE));
      } else {
        lose(worker);
      }
      for (var taken : apply(new Leases.NoticeTakenAway(worker))) {
        heldBy(worker).removeIf(job -> job.id().equals(taken));
      }
    }
  }

  /** A kill, or a suspension: the worker says no more, and what it held may still come late. */
  private void crash() throws SQLException {
    if (!workers.isEmpty()) {
      var worker = anyOf(workers);
      if (random.nextBoolean()) {
        findDead(worker);
      }
      lose(worker);
    }
  }

  /** A sweeper has seen that its process is gone. */
  private void findDead(WorkerId worker) throws SQLException {
    for (var lease : Leases.all(reading)) {
      if (lease.worker().equals(worker)) {
        apply(new Leases.End(lease));
        checker.signedOff(worker);
      }
    }
  }

  private void lose(WorkerId worker) {
    workers.remove(worker);
    ghosts.addAll(heldBy(worker));
    held.remove(worker);
  }

  private void signOff() throws SQLException {
    if (workers.size() > 1) {
      var worker = anyOf(workers);
      apply(new Leases.SignOff(worker));
      checker.signedOff(worker);
      lose(worker);
    }
  }

  private void cancel() throws SQLException {
    if (!jobs.isEmpty()) {
      var job = anyOf(jobs);
      apply(new Cancellation(Tenant.DEFAULT, job, rows));
      checker.looked(job, stateOf(job));
    }
  }

  private void sweep() throws SQLException {
    checker.swept(clock.instant());
    switch (sabotage) {
      case NO_SWEEP -> {}
      case HASTY_SWEEP -> {
        clock.advance(LEASE);
        apply(new Sweep(MAX_CRASHES, clock.millis(), json));
        clock.advance(LEASE.negated());
      }
      default -> apply(new Sweep(MAX_CRASHES, clock.millis(), json));
    }
  }

  private void moveClock() {
    switch (random.nextInt(12)) {
      case 0 -> clock.advance(Duration.ofMillis(-random.nextInt(120_000)));
      case 1 -> clock.advance(LEASE.plusMillis(1));
      case 2 -> clock.advance(Duration.ofMinutes(random.nextInt(12)));
      default -> clock.advance(Duration.ofMillis(random.nextInt(2_000)));
    }
  }

  private void eraseOrPurge() throws SQLException {
    if (jobs.isEmpty() || random.nextBoolean()) {
      apply(new Purge(RETENTION, Purge.Place.START));
    } else {
      apply(new Erasure(Tenant.DEFAULT, anyOf(jobs)));
    }
  }

  /** All faults end; one good worker is left. Now every job has to end, within bounded rounds. */
  private void healAndDrain() throws SQLException {
    List.copyOf(workers).forEach(this::lose);
    clock.advance(LEASE.plusMillis(1));
    for (var round = 0; round < 20; round++) {
      clock.advance(Duration.ofMinutes(1));
      sweep();
      signOn();
      var worker = workers.getFirst();
      for (var claimed = apply(new Claim(worker, 64));
          !claimed.isEmpty();
          claimed = apply(new Claim(worker, 64))) {
        for (var job : claimed) {
          checker.claimed(worker, job);
          var done = new Settlement.Succeed(ANSWER);
          if (apply(Settle.of(job, done, json))) {
            checker.settled(job, done);
          }
        }
      }
      lose(worker);
    }
  }

  private JobState stateOf(JobId id) throws SQLException {
    return Lookup.find(transaction.prepare(Lookup.FIND), Tenant.DEFAULT, id, rows)
        .map(Job::state)
        .orElse(JobState.EXPIRED); // dropped by retention: it had ended
  }

  private int newestAttempt(JobId id) throws SQLException {
    var query = transaction.prepare("SELECT attempt FROM jobs WHERE id = ?");
    query.setString(1, id.value());
    try (var row = query.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private List<ClaimedJob> heldBy(WorkerId worker) {
    return held.getOrDefault(worker, new ArrayList<>());
  }

  private <T> T anyOf(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private <T> T apply(WriteCommand<T> command) throws SQLException {
    transaction.begin(Sync.WITH_COMMIT);
    var outcome = command.apply(transaction);
    transaction.commit();
    return outcome;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
