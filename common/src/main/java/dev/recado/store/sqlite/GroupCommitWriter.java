package dev.recado.store.sqlite;

import static java.util.Objects.requireNonNullElse;

import com.zaxxer.hikari.HikariDataSource;
import dev.recado.config.StoreUrl;
import dev.recado.lifecycle.FailPoint;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.Claimant;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.sqlite.WriteCommand.Turn;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * The only writer of this process: one thread that puts all commands that wait together into one
 * transaction, so that many jobs share one sync to disk. It never waits for company: a lone command
 * is committed at once.
 */
final class GroupCommitWriter implements AutoCloseable {
  private static final Log log = Log.of(GroupCommitWriter.class);
  private static final int MOST_PER_TRANSACTION = 1_024;
  private static final int MOST_WAITING = 16_384;

  private final HikariDataSource pool;
  private final Connection connection;
  private final Transaction transaction;
  private final LogFile logFile;
  private final StandingClaim standingClaim = new StandingClaim();
  private final BlockingQueue<Pending<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Consumer<Throwable> onEnd;
  private final StoreMeters meters;
  private final Thread thread;
  private boolean damaged; // known to the thread alone
  private volatile boolean closing;
  private volatile boolean ended;

  /**
   * Starts it.
   *
   * @param onEnd hears of a failure after which nothing may be written any more, or nothing is
   */
  GroupCommitWriter(
      HikariDataSource pool, Clock clock, Consumer<Throwable> onEnd, StoreMeters meters)
      throws SQLException {
    this.pool = pool;
    this.onEnd = onEnd;
    this.meters = meters;
    this.connection = pool.getConnection();
    // Unwrapped: the pool's proxies stand before every statement otherwise.
    var bare = connection.unwrap(SQLiteConnection.class);
    LockWait.install(bare);
    this.transaction = new Transaction(bare, clock);
    this.logFile = new LogFile(SqliteFile.logOf(StoreUrl.parse(pool.getJdbcUrl()).file()));
    this.thread = Thread.ofPlatform().name("store-writer").start(this::run);
  }

  /**
   * Runs a command and waits until it is durable; one that claims, until it is committed and about
   * to be.
   *
   * @throws StoreUnavailableException if it could not be made so
   * @throws IllegalStateException if the command failed by a mistake of ours
   */
  <T extends @Nullable Object> T write(WriteCommand<T> command) {
    var pending = new Pending<T>(command);
    if (closing || !waiting.offer(pending)) {
      throw new StoreUnavailableException(
          closing ? "the job store is closed" : "the job store is overloaded");
    }
    if (ended) {
      // It came too late for the thread to see it; nobody else would ever answer.
      refuseWaiting();
    }
    return pending.await();
  }

  /** Who is given the jobs that come in here, from the next transaction on. */
  void handArrivalsTo(Claimant claimant) {
    standingClaim.of(claimant);
  }

  /** Who hears of the jobs that come in here, and how many of them are under way. */
  Announcements announcements() {
    return transaction.announcements();
  }

  /** Whether commands wait for the next transaction, new jobs perhaps. */
  boolean isBusy() {
    return !waiting.isEmpty();
  }

  /** Writes the statistics of transactions that none has followed for a while. */
  void writeStatistics() {
    if (!transaction.statistics().isComplete()) {
      var _ =
          write(open -> {
            open.statistics().writeAll();
            return 0;
          });
    }
  }

  private void run() {
    var group = new ArrayList<Pending<?>>(MOST_PER_TRANSACTION);
    try {
      while (!damaged && (!closing || !waiting.isEmpty())) {
        group.add(waiting.take());
        takeWaiting(group);
        commitTogether(group);
        group.clear();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error unforeseen) {
      // Whoever lives on without a writer still answers, and holds on to its jobs for nothing.
      onEnd.accept(unforeseen);
    } finally {
      ended = true;
      refuse(group);
      refuseWaiting();
    }
  }

  private void refuseWaiting() {
    var late = new ArrayList<Pending<?>>();
    waiting.drainTo(late);
    refuse(late);
  }

  private static void refuse(List<Pending<?>> group) {
    group.forEach(pending -> pending.fail(new SQLException("the writer has stopped")));
  }

  private void takeWaiting(List<Pending<?>> group) {
    waiting.drainTo(group, MOST_PER_TRANSACTION - group.size());
  }

  private void commitTogether(List<Pending<?>> group) {
    var sync = sync(group);
    if (!begun(group, sync)) {
      return;
    }
    long took;
    try {
      applyAllButClaims(group);
      if (sync == Sync.WITH_COMMIT) {
        applyAllButClaims(latecomers(group));
      }
      apply(Turn.CLAIMS, group);
      took = commit();
    } catch (SQLException | RuntimeException | Error failure) {
      undo(failure);
      if (group.size() == 1) {
        group.getFirst().fail(failure);
      } else {
        // One command's fault must not be its neighbours': each gets a transaction of its own.
        group.forEach(this::commitAlone);
      }
      return;
    }
    confirm(group, took);
    if (sync == Sync.AFTER_COMMIT) {
      syncLog();
    }
  }

  /**
   * Those who only claim need not wait for the disk: their calls begin while it is written. All
   * else is on it before anybody hears of it.
   */
  private Sync sync(List<Pending<?>> group) {
    return group.stream().allMatch(pending -> pending.command.turn() == Turn.CLAIMS)
            && logFile.open()
        ? Sync.AFTER_COMMIT
        : Sync.WITH_COMMIT;
  }

  // Many a claim finds that somebody else was quicker. There is nothing of it to sync.
  private void syncLog() {
    try {
      if (transaction.hasChanged()) {
        logFile.sync();
      }
    } catch (SQLException failure) {
      stopIfDamaged(failure);
    }
  }

  /**
   * What has come while the group was applied belongs to it too: the more share a sync the better,
   * and a claim, which is applied after them, takes the new jobs among them before they are
   * written.
   */
  private List<Pending<?>> latecomers(List<Pending<?>> group) {
    var before = group.size();
    takeWaiting(group);
    return group.subList(before, group.size());
  }

  private void commitAlone(Pending<?> pending) {
    var alone = List.<Pending<?>>of(pending);
    if (damaged) {
      refuse(alone);
    } else if (begun(alone, Sync.WITH_COMMIT)) {
      long took;
      try {
        pending.apply(transaction);
        took = commit();
      } catch (SQLException | RuntimeException | Error failure) {
        undo(failure);
        pending.fail(failure);
        return;
      }
      confirm(alone, took);
    }
  }

  /** No command is to blame if there is no transaction, so none is worth another wait for it. */
  private boolean begun(List<Pending<?>> group, Sync sync) {
    try {
      transaction.begin(sync);
      return true;
    } catch (SQLException | RuntimeException | Error failure) {
      undo(failure);
      group.forEach(pending -> pending.fail(failure));
      return false;
    }
  }

  // Errors too: this thread is the only one that can write, and callers wait for its answer.
  private void undo(Throwable failure) {
    stopIfDamaged(failure);
    standingClaim.rolledBack();
    rollBack();
  }

  /** Before anybody hears of it, so that nobody tries again and is told that it worked. */
  private void stopIfDamaged(Throwable failure) {
    if (Damage.isIn(failure)) {
      damaged = true;
      onEnd.accept(failure);
    }
  }

  /** Returns how long the sync took, in nanoseconds. */
  private long commit() throws SQLException {
    standingClaim.apply(transaction);
    FailPoint.BEFORE_COMMIT.reached();
    var begin = System.nanoTime();
    transaction.commit();
    return System.nanoTime() - begin;
  }

  /** Apart from the commit: what is durable is not undone, and not written again. */
  private void confirm(List<Pending<?>> group, long took) {
    meters.committed(group.size(), took, transaction.statistics());
    standingClaim.committed();
    FailPoint.AFTER_COMMIT.reached();
    group.forEach(Pending::succeed);
  }

  private void applyAllButClaims(List<Pending<?>> group) throws SQLException {
    apply(Turn.CHANGES, group);
    apply(Turn.ARRIVALS, group);
  }

  private void apply(Turn turn, List<Pending<?>> group) throws SQLException {
    for (var pending : group) {
      if (pending.command.turn() == turn) {
        pending.apply(transaction);
      }
    }
  }

  private void rollBack() {
    try {
      transaction.rollback();
    } catch (SQLException alreadyRolledBack) {
      // SQLite rolls back by itself on errors such as a full disk; there is nothing left to undo.
      return;
    }
  }

  /** Commits what is waiting, then stops. Commands that come later are refused. */
  @Override
  public void close() {
    closing = true;
    // Wakes the thread if it waits for work.
    waiting.offer(new Pending<>(nothing -> 0));
    try {
      thread.join();
      logFile.close();
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException | IOException e) {
      throw new StoreUnavailableException("closing the job store failed", e);
    } finally {
      pool.close();
    }
  }

  private static final class Pending<T extends @Nullable Object> {
    private final WriteCommand<T> command;
    private final CompletableFuture<T> durable = new CompletableFuture<>();
    private @Nullable T outcome;

    Pending(WriteCommand<T> command) {
      this.command = command;
    }

    void apply(Transaction transaction) throws SQLException {
      outcome = command.apply(transaction);
    }

    @SuppressWarnings("NullAway") // set by apply; null only where T says so
    void succeed() {
      durable.complete(outcome);
    }

    void fail(Throwable failure) {
      durable.completeExceptionally(failure);
    }

    T await() {
      try {
        return durable.join();
      } catch (CompletionException e) {
        throw explained(requireNonNullElse(e.getCause(), e));
      }
    }

    // A mistake must not pass for an outage, which is what callers wait for the end of.
    private static RuntimeException explained(Throwable failure) {
      if (failure instanceof SQLException) {
        return new StoreUnavailableException(
            "the job store cannot be written: " + failure.getMessage(), failure);
      }
      log.tellWhy(failure, LogEvent.STORE_MISTAKE);
      return new IllegalStateException("a write to the job store failed by a mistake", failure);
    }
  }
}
