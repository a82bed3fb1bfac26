package dev.recado.batch;

import dev.recado.job.BatchId;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.Tenant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a job store. A batch is filled piece by piece, so that others can write in
 * between, and accepted at one stroke: until then nobody sees it and none of its jobs runs. What is
 * not accepted is swept away.
 *
 * <p>Thread-safe, like the store.
 */
public interface BatchStore {
  /** A batch that nobody has filled for so long is taken for abandoned. */
  Duration PATIENCE = Duration.ofMinutes(1);

  /** How many requests are best given at once. */
  int PIECE = 500;

  /** So much of results is given at once, or a single one that is longer. */
  int RESULT_BYTES = 256 << 10;

  /** Where what is being received can be kept in the meantime: a folder for its owner only. */
  Path scratch();

  /** Begins a batch. */
  void open(NewBatch batch);

  /**
   * Adds requests to a batch that was opened, in their order.
   *
   * @return false if it was taken for abandoned
   */
  boolean fill(BatchId batch, List<BatchRequest> requests);

  /** Accepts a batch that was filled, unless the tenant has used its key already. */
  BatchOutcome accept(Tenant tenant, BatchId batch, @Nullable IdempotencyKey key);

  /** Drops a batch that was opened and not accepted. */
  void abandon(BatchId batch);

  /** What {@link #accept} would answer to a used key; empty if it is new. */
  Optional<BatchOutcome> findRepeated(Tenant tenant, IdempotencyKey key);

  /** The batch, if this tenant has one of that name. */
  Optional<Batch> find(Tenant tenant, BatchId id);

  /**
   * The tenant's batches, newest first.
   *
   * @param before only those older than this one, or null
   */
  BatchPage list(Tenant tenant, @Nullable BatchId before, int limit);

  /**
   * Has all jobs of a batch canceled that have not ended; they are, within seconds. Does nothing to
   * a batch that is complete.
   *
   * @return the batch after it; empty if there is none of that name
   */
  Optional<Batch> cancel(Tenant tenant, BatchId id);

  /**
   * The next ended requests of a batch, in its order: at least one, if there is one, and no more
   * than make {@link #RESULT_BYTES}.
   *
   * @param after only those behind this index; -1 for the first
   */
  List<BatchResult> results(Tenant tenant, BatchId id, int after, int limit);

  /** Does a piece of what accepted, canceled and abandoned batches have left to do. */
  BatchTending tend();
}
