package dev.recado.web.api;

import dev.recado.batch.Batch;
import dev.recado.batch.BatchOutcome;
import dev.recado.batch.BatchStore;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.JobIds;
import dev.recado.job.Tenant;
import dev.recado.lifecycle.FailPoint;
import dev.recado.queue.TaskPublisher;
import dev.recado.web.admission.Admission;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.BatchReader;
import dev.recado.web.input.BatchSubmission;
import dev.recado.web.input.IdempotencyHeader;
import dev.recado.web.input.Upload;
import dev.recado.web.problem.Problems;
import dev.recado.web.trace.TracedRequests;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/batches}: leaves many texts at once, all or none. The whole upload is read and
 * found good before the first of it is written.
 */
public final class SubmitBatch implements Handler {
  private static final int MOST_AT_ONCE = 4;
  private static final Duration COME_AGAIN = Duration.ofSeconds(5);
  private static final String REPLAYED = "Idempotency-Replayed";

  private final BatchStore batches;
  private final Admission admission;
  private final TaskPublisher publisher;
  private final JobIds ids;
  private final BatchReader reader;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);

  /** Accepts batches as far as there is room, and rings for their first jobs. */
  public SubmitBatch(
      BatchStore batches,
      Admission admission,
      TaskPublisher publisher,
      JobIds ids,
      BatchReader reader) {
    this.batches = batches;
    this.admission = admission;
    this.publisher = publisher;
    this.ids = ids;
    this.reader = reader;
  }

  @Override
  public void handle(Context context) throws IOException {
    var key = IdempotencyHeader.of(context.req()).orElse(null);
    reader.requireForm(context.req());
    if (!room.tryAcquire()) {
      throw Problems.queueFull("too many batches are being received", COME_AGAIN).asException();
    }
    try (var upload = Upload.receive(context.req(), batches.scratch())) {
      answer(context, accept(context.req(), upload, key));
    } finally {
      room.release();
    }
  }

  private BatchOutcome accept(HttpServletRequest request, Upload upload, @Nullable String key)
      throws IOException {
    var fingerprint = new BatchFingerprint();
    var wish = reader.read(request, upload, fingerprint::add);
    var asked = key == null ? null : new IdempotencyKey(key, fingerprint.of(wish));
    var repeated =
        asked == null
            ? Optional.<BatchOutcome>empty()
            : batches.findRepeated(Tenant.DEFAULT, asked);
    if (repeated.isPresent()) {
      return repeated.get();
    }
    admission.requireRoomFor(wish.requests());
    return fillAndAccept(request, upload, wish, asked);
  }

  private BatchOutcome fillAndAccept(
      HttpServletRequest request, Upload upload, BatchSubmission wish, @Nullable IdempotencyKey key)
      throws IOException {
    try (var filling = Filling.begin(batches, ids, wish, TracedRequests.traceparent(request))) {
      reader.read(request, upload, filling::add);
      return filling.accept(key);
    }
  }

  private void answer(Context context, BatchOutcome outcome) {
    switch (outcome) {
      case BatchOutcome.Accepted(var batch) -> {
        FailPoint.ACCEPTED.reached();
        batches.tend().released().forEach(publisher::ring);
        answer(context, batch);
      }
      case BatchOutcome.Repeated(var batch) -> {
        context.res().setHeader(REPLAYED, "true");
        answer(context, batch);
      }
      case BatchOutcome.KeyReused() -> throw Problems.idempotencyKeyReused().asException();
      case BatchOutcome.Abandoned() -> throw Problems.storeUnavailable().asException();
    }
  }

  private static void answer(Context context, Batch batch) {
    context.res().setHeader("Location", BatchJson.url(batch.id()));
    context.res().setHeader("Retry-After", Acceptance.ASK_AGAIN_AFTER);
    Answers.json(context, 202, Json.object(json -> BatchJson.write(json, batch)));
  }
}
