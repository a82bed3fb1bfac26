package dev.recado.web.api;

import dev.recado.batch.BatchOutcome;
import dev.recado.batch.BatchStore;
import dev.recado.job.IdempotencyKey;
import dev.recado.job.JobIds;
import dev.recado.job.Tenant;
import dev.recado.store.StoreUnavailableException;
import dev.recado.web.admission.Admission;
import dev.recado.web.input.BatchReader;
import dev.recado.web.input.BatchSubmission;
import dev.recado.web.input.IdempotencyHeader;
import dev.recado.web.input.Upload;
import dev.recado.web.problem.Problems;
import dev.recado.web.trace.TracedRequests;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches in, all of one or none of it. The whole upload is read and found good before the
 * first of it is written.
 */
public final class BatchAcceptance {
  /** Each takes a file of 64 MB at most. */
  private static final int MOST_RECEIVED = 32;

  /** Each takes memory and processor time for all of its requests. */
  private static final int MOST_READ = 4;

  private static final Duration COME_AGAIN = Duration.ofSeconds(5);

  private final BatchStore batches;
  private final Admission admission;
  private final JobIds ids;
  private final BatchReader reader;
  private final Semaphore receiving = new Semaphore(MOST_RECEIVED);
  private final Semaphore reading = new Semaphore(MOST_READ);

  /** As far as there is room. */
  public BatchAcceptance(BatchStore batches, Admission admission, JobIds ids, BatchReader reader) {
    this.batches = batches;
    this.admission = admission;
    this.ids = ids;
    this.reader = reader;
  }

  /** Receives the request's batch and takes it in. Throws the problem if it cannot be. */
  BatchOutcome take(HttpServletRequest request) {
    var key = IdempotencyHeader.of(request).orElse(null);
    reader.requireForm(request);
    if (!receiving.tryAcquire()) {
      throw Problems.queueFull("too many batches are being received", COME_AGAIN).asException();
    }
    try (var upload = Upload.receive(request, batches.scratch())) {
      reading.acquireUninterruptibly();
      try {
        return take(request, upload, key);
      } finally {
        reading.release();
      }
    } catch (IOException e) {
      throw new StoreUnavailableException("an upload cannot be kept: " + e.getMessage(), e);
    } finally {
      receiving.release();
    }
  }

  private BatchOutcome take(HttpServletRequest request, Upload upload, @Nullable String key)
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
    return fill(request, upload, wish, asked);
  }

  private BatchOutcome fill(
      HttpServletRequest request, Upload upload, BatchSubmission wish, @Nullable IdempotencyKey key)
      throws IOException {
    try (var filling = Filling.begin(batches, ids, wish, TracedRequests.traceparent(request))) {
      reader.read(request, upload, filling::add);
      return filling.accept(key);
    }
  }
}
