package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.lifecycle.FailPoint;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.Receipt;
import dev.recado.web.admission.Admission;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import io.javalin.http.Context;

/** Takes a job in: durable first, then the doorbell, then the 202. */
public final class Acceptance {
  /** Seconds after which it is worth asking for a result. */
  static final String ASK_AGAIN_AFTER = "1";

  private final Admission admission;
  private final TaskPublisher publisher;

  /** As far as there is room, ringing there. */
  public Acceptance(Admission admission, TaskPublisher publisher) {
    this.admission = admission;
    this.publisher = publisher;
  }

  void accept(Context context, NewJob job) {
    var receipt = admission.admit(job);
    FailPoint.ACCEPTED.reached();
    publisher.ring(job.id());
    FailPoint.RUNG.reached();
    var response = context.res();
    response.setHeader("Location", JobJson.resultUrl(job.id()));
    response.setHeader("Retry-After", ASK_AGAIN_AFTER);
    Answers.json(context, 202, body(job, receipt));
  }

  private static byte[] body(NewJob job, Receipt receipt) {
    return Json.object(json -> {
      json.writeStringProperty("job_id", job.id().value());
      json.writeStringProperty("status", JobState.QUEUED.wireName());
      json.writeBooleanProperty("done", false);
      json.writeNumberProperty("queue_position", receipt.queued());
      time(json, "created_at", receipt.createdAt());
      time(json, "deadline", receipt.deadline());
      if (job.retryOf() != null) {
        json.writeStringProperty("retry_of", job.retryOf().value());
      }
      JobJson.writeUrls(json, job.id());
    });
  }
}
