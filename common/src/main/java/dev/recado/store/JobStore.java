package dev.recado.store;

import dev.recado.batch.BatchStore;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The one truth about jobs. Whatever a method has returned from is durable: it survives a kill and
 * a power cut. Claims alone survive a power cut only a moment later: they are synced while their
 * calls begin.
 *
 * <p>Thread-safe; calls block and are meant for virtual threads. Writes that wait together share
 * one transaction. Every method may throw {@link StoreUnavailableException} when the store can not
 * be read or written right now (disk full, lock held too long, closed).
 */
public interface JobStore extends AutoCloseable {

  // ---- web ----

  /**
   * Accepts a job in state {@code queued}.
   *
   * @return when it was created, and how many jobs are queued now, itself included
   */
  Receipt add(NewJob job);

  /** Accepts a job as {@link #add} does, unless the tenant has used its key already. */
  OnceOutcome addOnce(NewJob job, IdempotencyKey key);

  /** What {@link #addOnce} would answer without accepting anything; empty if it would accept. */
  Optional<OnceOutcome> findRepeated(Tenant tenant, IdempotencyKey key);

  /** The job, if this tenant has one of that name. */
  Optional<Job> find(Tenant tenant, JobId id);

  /**
   * The job without what was asked, which may be as long as a book: with no input, no metadata and
   * no webhook.
   */
  Optional<Job> findOutcome(Tenant tenant, JobId id);

  /** Where the job is, and nothing else of it. */
  Optional<JobState> state(Tenant tenant, JobId id);

  /**
   * Where the job is, and what its running attempt has said from some point on. Reads no more than
   * that, so it may be asked many times a second.
   *
   * @param attempt of which attempt the asker knows the beginning; if another one runs, the news
   *     begin at its first word
   * @param from how much of it the asker knows, in UTF-16 units
   */
  Optional<Progress> progress(Tenant tenant, JobId id, int attempt, int from);

  /**
   * The place of a queued job in the line, from 1. Exact for the first {@value #EXACT_POSITIONS},
   * estimated and rounded to two digits beyond. Empty when the job is not queued, or its time has
   * not come.
   */
  Optional<Long> queuePosition(Tenant tenant, JobId id);

  /** How far {@link #queuePosition} counts exactly. */
  int EXACT_POSITIONS = 1_000;

  /**
   * A page of the tenant's jobs, newest first, without their texts: with no input, and of a result
   * its model, usage and finish reason only. Where many jobs are queued, a page of those may be
   * shorter than asked for, or empty, and yet have a next one.
   */
  JobPage list(JobQuery query);

  /**
   * Cancels a job that is not finished. A running attempt is fenced from that moment; its worker
   * finds out through {@link #takenAwayFrom}.
   */
  CancelOutcome cancel(Tenant tenant, JobId id);

  /** Erases input, metadata and output of a finished job; its row stays as a tombstone. */
  EraseOutcome erase(Tenant tenant, JobId id);

  /** The queue at a glance, from counters: its cost does not grow with the number of jobs. */
  QueueSnapshot queue(Tenant tenant);

  /** How much the store holds; its cost does not grow with the number of jobs. */
  StoreLoad load();

  /**
   * How many jobs are in line or about to be, be it paused or not; counts no further than asked.
   */
  int claimable(int atMost);

  /**
   * Tells of each due job that this process accepts, unless a worker was given it at once, while
   * the transaction that accepts it still holds the write lock. A {@link #claim} that follows waits
   * for that lock, and so for the commit: who hears of a job can not be too early for it. A job
   * whose transaction fails was announced in vain, and is announced again if it is tried again.
   *
   * @param listener instead of whoever it was before; called between two steps of a transaction, so
   *     it has to return at once, and must neither throw nor ask the store
   */
  void announceArrivalsTo(Consumer<NewJob> listener);

  /** Throws unless the store can be read and written right now. */
  void probe();

  /** What is told by webhook about jobs that have ended. */
  Deliveries deliveries();

  /** What operators see and steer. */
  Operations operations();

  /** Jobs that are left many together. */
  BatchStore batches();

  // ---- worker ----

  /**
   * Registers a worker under a name never used before.
   *
   * @param slots how many jobs it can hold, for people to see
   * @param lease for how long it may be believed alive without a word
   */
  void signOn(WorkerId worker, int slots, Duration lease);

  /**
   * Says that this worker lives, and for how long that may be believed.
   *
   * @return false if a sweep found an earlier lease lapsed: the worker's jobs are lost to it, and
   *     it must sign on under a new name
   */
  boolean renewLease(WorkerId worker, Duration lease);

  /** Forgets the worker. Jobs it still holds count as interrupted and go back to the queue. */
  void signOff(WorkerId worker);

  /**
   * Takes up to so many due jobs, each under a new attempt number: by priority, and within one
   * first come first served. One in sixteen goes by age alone, so that nobody waits for ever. It
   * takes its turn among the writers, so that it sees all jobs {@link #announceArrivalsTo
   * announced} before it was called.
   *
   * <p>A job whose workers were lost {@value #SUSPECT_AFTER_CRASHES} times is a suspect: a worker
   * holds at most one suspect at a time, so that a poison job can not keep taking the same
   * neighbours down with it.
   *
   * @return the claimed jobs, possibly none; empty if the worker's lease has lapsed
   */
  List<ClaimedJob> claim(WorkerId worker, int atMost);

  /**
   * Whether a claim would find something, by a look that waits for no writer. Knows nothing of jobs
   * that are announced and not committed.
   */
  boolean looksClaimable();

  /**
   * Gives the jobs that this process accepts to a worker of the same process, unless older ones
   * wait: claimed as by {@link #claim}, in the transaction that accepts them.
   *
   * @param claimant who, instead of whoever it was before; {@link Claimant#NOBODY} to end it
   */
  void handArrivalsTo(Claimant claimant);

  /**
   * Takes one due job of these models, to see whether they answer: one that was never refused, if
   * there is any, so that the look costs nobody a second call. Looks at the first and at the last
   * {@value #LOOKED_AT_FOR_ONE} in line.
   *
   * @param usualModel which one jobs are for that name none
   * @return the claimed job, or none
   */
  List<ClaimedJob> claimOne(WorkerId worker, Models models, String usualModel);

  /** So many jobs at each end of the line: some milliseconds. */
  int LOOKED_AT_FOR_ONE = 5_000;

  /** From how many lost workers on a job is run apart from others of its like. */
  int SUSPECT_AFTER_CRASHES = 2;

  /**
   * Adds to what running attempts have said, for {@link #progress}. What an attempt said is
   * forgotten when it ends: the whole of it is in its outcome. Chunks of one attempt have to come
   * in order and without a gap; one that comes again is left out.
   *
   * @return the jobs whose words were kept; the others' attempts were fenced
   */
  Set<JobId> append(List<OutputChunk> chunks);

  /**
   * Records how the attempt of this claim ended.
   *
   * @return false if it was fenced: the job was canceled, expired or taken over meanwhile, and
   *     nothing was changed
   */
  boolean settle(ClaimedJob job, Settlement settlement);

  /** The jobs of this worker that were canceled or expired under it since the last call. */
  List<JobId> takenAwayFrom(WorkerId worker);

  // ---- upkeep ----

  /**
   * Sets right what time has overtaken: jobs of workers whose lease lapsed go back to the queue (or
   * fail as {@code worker_lost} after {@code maxCrashes}), due retries become claimable, jobs past
   * their deadline expire.
   *
   * @param lapsedBefore leases that are good until then can still be renewed
   * @return what was done, and the first {@value #FIRST_IN_LINE} jobs in line
   */
  SweepReport sweep(int maxCrashes, Instant lapsedBefore);

  /** Returns when something has been written and synced, as others can do then, too. */
  void awaitDisk();

  /** The leases of all workers that are not forgotten, lapsed ones too. */
  List<Lease> leases();

  /**
   * The leases of workers whose process has ended without signing them off, whatever their time.
   * Not those of workers that only stand still: nobody but their lease says that they are lost.
   */
  List<Lease> leasesOfTheDead();

  /**
   * Ends a lease before its time, so that the next sweep finds it lapsed.
   *
   * @return false if it has been renewed or forgotten meanwhile
   */
  boolean end(Lease lease);

  /** How many jobs a sweep ends at most that are late in one way, so that others can write. */
  int SWEPT_AT_ONCE = 2_000;

  /** How many waiting jobs a sweep names. */
  int FIRST_IN_LINE = 64;

  /**
   * Erases the texts of jobs finished longer ago than the retention, and drops the tombstones of
   * those finished longer ago than twice that, in small batches.
   *
   * @return about how many rows were touched; 0 means there is nothing left to do for now
   */
  int purge(Duration retention);

  @Override
  void close();
}
