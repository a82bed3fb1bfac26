package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.text;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.JobPage;
import dev.recado.store.JobQuery;
import dev.recado.store.JobStore;
import dev.recado.web.admission.Admission;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.Cursor;
import dev.recado.web.input.OperatorBody;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/console/retry-failed}: repeats failed jobs, newest first. A call ends after some
 * of them and says where the next one goes on. The way leads to ever older jobs, so it has an end,
 * and what was left again on it is never met. Those that were repeated before are passed over, so
 * to ask again does no harm.
 */
final class RetryFailed implements Handler {
  private static final int PAGE = 200;
  private static final int MOST = 10_000;
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final JobStore store;
  private final Admission admission;
  private final OperatorBody bodies;

  /** As far as there is room; rings there. */
  RetryFailed(JobStore store, Admission admission, OperatorBody bodies) {
    this.bodies = bodies;
    this.store = store;
    this.admission = admission;
  }

  /** What was done so far, and the last job that was looked at if there are older ones. */
  private record Tally(int retried, int skipped, @Nullable JobId last) {
    Tally plus(int retried, int skipped, @Nullable JobId last) {
      return new Tally(this.retried + retried, this.skipped + skipped, last);
    }
  }

  @Override
  public void handle(Context context) {
    var which = bodies.failed(context.req());
    admission.requireRoomFor(PAGE);
    Answers.json(context, 200, body(retryAll(which)));
  }

  private static byte[] body(Tally tally) {
    var last = tally.last();
    return Json.object(json -> {
      json.writeNumberProperty("retried", tally.retried());
      json.writeNumberProperty("skipped", tally.skipped());
      json.writeBooleanProperty("more", last != null);
      text(json, "next_cursor", last == null ? null : Cursor.after(last));
    });
  }

  private Tally retryAll(OperatorBody.Failed which) {
    var end = System.nanoTime() + LONGEST.toNanos();
    var tally = new Tally(0, 0, which.cursor());
    do {
      tally = retry(page(which, tally.last()), tally);
    } while (tally.last() != null
        && tally.retried() < MOST
        && System.nanoTime() - end < 0
        && admission.hasRoomFor(PAGE));
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
    return before.plus(again.size(), failed.size() - again.size(), page.nextCursor());
  }
}
