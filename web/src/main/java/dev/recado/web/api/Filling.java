package dev.recado.web.api;

import dev.recado.batch.BatchOutcome;
import dev.recado.batch.BatchRequest;
import dev.recado.batch.BatchStore;
import dev.recado.batch.NewBatch;
import dev.recado.job.BatchId;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.JobIds;
import dev.recado.job.Priority;
import dev.recado.job.Tenant;
import dev.recado.web.input.BatchSubmission;
import dev.recado.web.problem.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch on its way into the store, some requests at a time. Closed without being accepted, it is
 * given up.
 */
final class Filling implements AutoCloseable {
  private static final int MOST_CHARACTERS = 1_000_000;

  private final BatchStore batches;
  private final JobIds ids;
  private final BatchId batch;
  private final Duration timeToLive;
  private final @Nullable String traceparent;
  private final List<BatchRequest> piece = new ArrayList<>();
  private int characters;
  private boolean isAccepted;

  private Filling(
      BatchStore batches,
      JobIds ids,
      BatchId batch,
      Duration timeToLive,
      @Nullable String traceparent) {
    this.batches = batches;
    this.ids = ids;
    this.batch = batch;
    this.timeToLive = timeToLive;
    this.traceparent = traceparent;
  }

  static Filling begin(
      BatchStore batches, JobIds ids, BatchSubmission wish, @Nullable String traceparent) {
    var id = new BatchId(ids.next().value());
    var metadata = wish.metadata() == null ? null : wish.metadata().toString();
    var deadline = id.createdAt().plus(wish.timeToLive());
    batches.open(new NewBatch(id, Tenant.DEFAULT, metadata, deadline));
    return new Filling(batches, ids, id, wish.timeToLive(), traceparent);
  }

  void add(BatchSubmission.Request request) {
    var job = request.submission().asJob(ids.next(), timeToLive, Priority.LOW).within(traceparent);
    piece.add(new BatchRequest(request.index(), request.customId(), job));
    characters += job.inputJson().length();
    if (piece.size() == BatchStore.PIECE || characters > MOST_CHARACTERS) {
      write();
    }
  }

  private void write() {
    if (!batches.fill(batch, List.copyOf(piece))) {
      throw Problems.storeUnavailable().asException();
    }
    piece.clear();
    characters = 0;
  }

  BatchOutcome accept(@Nullable IdempotencyKey key) {
    if (!piece.isEmpty()) {
      write();
    }
    var outcome = batches.accept(Tenant.DEFAULT, batch, key);
    isAccepted = outcome instanceof BatchOutcome.Accepted;
    return outcome;
  }

  @Override
  public void close() {
    if (!isAccepted) {
      batches.abandon(batch);
    }
  }
}
