package dev.recado.web.operator;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobPage;
import dev.recado.store.JobQuery;
import dev.recado.store.JobStore;
import dev.recado.web.admission.Admission;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.OperatorBody;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/console/retry-failed}: repeats failed jobs, page by page. Those that were
 * repeated before are passed over, so to ask again does no harm.
 */
final class RetryFailed implements Handler {
  private static final int PAGE = 200;
  private static final int MOST = 10_000;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final JobStore store;
  private final TaskPublisher publisher;
  private final Admission admission;

  /** As far as there is room; rings there. */
  RetryFailed(JobStore store, TaskPublisher publisher, Admission admission) {
    this.store = store;
    this.publisher = publisher;
    this.admission = admission;
  }

  private record Tally(int retried, int skipped, @Nullable JobId next) {
    Tally plus(int retried, int skipped, @Nullable JobId next) {
      return new Tally(this.retried + retried, this.skipped + skipped, next);
    }
  }

  @Override
  public void handle(Context context) {
    var which = OperatorBody.failed(context.req());
    admission.requireRoomFor(PAGE);
    var tally = retryAll(which);
    Answers.json(
        context,
        200,
        Json.object(json -> {
          json.writeNumberProperty("retried", tally.retried());
          json.writeNumberProperty("skipped", tally.skipped());
          json.writeBooleanProperty("more", tally.next() != null);
        }));
  }

  private Tally retryAll(OperatorBody.Failed which) {
    var end = System.nanoTime() + LONGEST.toNanos();
    var tally = new Tally(0, 0, null);
    do {
      tally = retry(page(which, tally.next()), tally);
    } while (tally.next() != null && tally.retried() < MOST && System.nanoTime() - end < 0);
    return tally;
  }

  private JobPage page(OperatorBody.Failed which, @Nullable JobId cursor) {
    var jobs =
        new JobQuery(
            Tenant.DEFAULT,
            JobState.FAILED,
            which.createdAfter(),
            which.createdBefore(),
            PAGE,
            cursor);
    return Failures.page(store, jobs, which.code());
  }

  private Tally retry(JobPage page, Tally before) {
    var failed = page.jobs().stream().map(Job::id).toList();
    var again = store.operations().retryFailed(Tenant.DEFAULT, failed);
    again.values().forEach(publisher::ring);
    return before.plus(again.size(), failed.size() - again.size(), page.nextCursor());
  }
}
