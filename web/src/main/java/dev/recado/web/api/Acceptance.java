package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.lifecycle.FailPoint;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.IdempotencyKey;
import dev.recado.store.OnceOutcome;
import dev.recado.store.Receipt;
import dev.recado.web.admission.Admission;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.Preference;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;

/** Takes a job in: durable first, then the doorbell, then the 202. */
public final class Acceptance {
  /** Seconds after which it is worth asking for a result. */
  static final String ASK_AGAIN_AFTER = "1";

  private static final String REPLAYED = "Idempotency-Replayed";

  private final Admission admission;
  private final TaskPublisher publisher;
  private final ReadResult result;

  /** As far as there is room, ringing there; those who want to wait get the result from there. */
  public Acceptance(Admission admission, TaskPublisher publisher, ReadResult result) {
    this.admission = admission;
    this.publisher = publisher;
    this.result = result;
  }

  void accept(Context context, NewJob job) {
    ring(context, job, admission.admit(job));
  }

  /** Answers a key that was used before as it was answered then. */
  void acceptOnce(Context context, NewJob job, String key) {
    switch (admission.admitOnce(job, new IdempotencyKey(key, Fingerprint.of(job)))) {
      case OnceOutcome.Accepted(var receipt) -> ring(context, job, receipt);
      case OnceOutcome.Repeated(var first, var receipt) -> {
        context.res().setHeader(REPLAYED, "true");
        answer(context, first, job, receipt);
      }
      case OnceOutcome.KeyReused() -> throw Problems.idempotencyKeyReused().asException();
    }
  }

  private void ring(Context context, NewJob job, Receipt receipt) {
    FailPoint.ACCEPTED.reached();
    publisher.ring(job.id());
    FailPoint.RUNG.reached();
    answer(context, job.id(), job, receipt);
  }

  private void answer(Context context, JobId id, NewJob job, Receipt receipt) {
    var wait = Preference.toWait(context.req());
    if (wait.isPresent()) {
      result.awaitEnd(context, id, wait.get(), () -> answer202(context, id, job, receipt));
    } else {
      answer202(context, id, job, receipt);
    }
  }

  private static void answer202(Context context, JobId id, NewJob job, Receipt receipt) {
    var response = context.res();
    response.setHeader("Location", JobJson.resultUrl(id));
    response.setHeader("Retry-After", ASK_AGAIN_AFTER);
    Answers.json(context, 202, body(id, job, receipt));
  }

  private static byte[] body(JobId id, NewJob job, Receipt receipt) {
    return Json.object(json -> {
      json.writeStringProperty("job_id", id.value());
      json.writeStringProperty("status", JobState.QUEUED.wireName());
      json.writeBooleanProperty("done", false);
      json.writeNumberProperty("queue_position", receipt.queued());
      time(json, "created_at", receipt.createdAt());
      time(json, "deadline", receipt.deadline());
      if (job.retryOf() != null) {
        json.writeStringProperty("retry_of", job.retryOf().value());
      }
      JobJson.writeUrls(json, id);
    });
  }
}
