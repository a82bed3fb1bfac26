package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.number;
import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.job.IdempotencyKey;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.lifecycle.FailPoint;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.store.OnceOutcome;
import dev.recado.store.Receipt;
import dev.recado.web.admission.Admission;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.api.ReadResult.Standing;
import dev.recado.web.input.Preference;
import dev.recado.web.problem.Problems;
import dev.recado.web.trace.TracedRequests;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes a job in: durable first, then the 202. The store rings for it meanwhile. */
public final class Acceptance {
  private static final Log log = Log.of(Acceptance.class);

  /** Seconds after which it is worth asking for a result. */
  static final String ASK_AGAIN_AFTER = "1";

  /** Says that the answer is that of an earlier request under the same key. */
  static final String REPLAYED = "Idempotency-Replayed";

  private final Admission admission;
  private final ReadResult result;
  private final Duration usualTimeToLive;

  /**
   * As far as there is room; those who want to wait get the result from there.
   *
   * @param usualTimeToLive from accepted to finished, for those who name no time
   */
  public Acceptance(Admission admission, ReadResult result, Duration usualTimeToLive) {
    this.admission = admission;
    this.result = result;
    this.usualTimeToLive = usualTimeToLive;
  }

  /** What a client asks for. */
  @FunctionalInterface
  public interface Wish {
    /** The job to be made of it, with this time if it names none. */
    NewJob asJob(Duration usualTimeToLive);

    /** The finished job whose wish it is once more, or null. */
    default @Nullable JobId retryOf() {
      return null;
    }
  }

  void accept(Context context, Wish wish, Optional<String> key) {
    answer(context, take(context, wish, key));
  }

  /**
   * Takes the job in and leaves the answer to the caller. A key that was used before stands for the
   * job it was used for. Throws the problem if there is no room.
   */
  public Accepted take(Context context, Wish wish, Optional<String> key) {
    Supplier<NewJob> job =
        () -> wish.asJob(usualTimeToLive).within(TracedRequests.traceparent(context.req()));
    var accepted =
        key.map(given -> takeOnce(context, wish, admitOnce(given, wish, job)))
            .orElseGet(() -> takeAnew(job.get()));
    TracedRequests.left(context.req(), accepted.job());
    return accepted;
  }

  private Accepted takeAnew(NewJob job) {
    return accepted(job, admission.admit(job));
  }

  private OnceOutcome admitOnce(String key, Wish wish, Supplier<NewJob> job) {
    var outcome = admitOnce(key, Fingerprint.of(wish), job);
    return outcome instanceof OnceOutcome.KeyReused ? admitAsBefore(key, job.get()) : outcome;
  }

  /**
   * Older versions took the usual deadline for one that the client had named, and told retries by
   * what they asked.
   */
  private OnceOutcome admitAsBefore(String key, NewJob job) {
    return admitOnce(key, Fingerprint.of(job), () -> job);
  }

  private OnceOutcome admitOnce(String key, String fingerprint, Supplier<NewJob> job) {
    return admission.admitOnce(Tenant.DEFAULT, new IdempotencyKey(key, fingerprint), job);
  }

  private Accepted takeOnce(Context context, Wish wish, OnceOutcome outcome) {
    return switch (outcome) {
      case OnceOutcome.Accepted(var job, var receipt) -> accepted(job, receipt);
      case OnceOutcome.Repeated(var first, var deadline, var position) -> {
        context.res().setHeader(REPLAYED, "true");
        yield new Accepted(first, JobState.QUEUED, deadline, position, wish.retryOf());
      }
      case OnceOutcome.KeyReused() -> throw Problems.idempotencyKeyReused().asException();
    };
  }

  private static Accepted accepted(NewJob job, Receipt receipt) {
    FailPoint.ACCEPTED.reached();
    if (log.tells(LogEvent.JOB_ACCEPTED)) {
      log.tell(LogEvent.JOB_ACCEPTED, job.id(), job.inputJson().length());
    }
    return new Accepted(
        job.id(), JobState.QUEUED, receipt.deadline(), receipt.position(), job.retryOf());
  }

  /**
   * A job that is durable.
   *
   * @param job its name
   * @param state when it was accepted, or after the wait
   * @param deadline when it expires if it has not finished
   * @param position its place in line then; null if it runs or its time has not come
   * @param retryOf the finished job that it repeats, or null
   */
  public record Accepted(
      JobId job,
      JobState state,
      Instant deadline,
      @Nullable Long position,
      @Nullable JobId retryOf) {
    private Accepted at(Standing now) {
      return new Accepted(job, now.job().state(), deadline, now.position(), retryOf);
    }
  }

  private void answer(Context context, Accepted accepted) {
    var wait = Preference.toWait(context.req());
    if (wait.isPresent()) {
      result.awaitEnd(context, accepted.job(), wait.get(), () -> answerLater(context, accepted));
    } else {
      answer202(context, accepted);
    }
  }

  /** By now the job may run, or have ended at this very moment. */
  private void answerLater(Context context, Accepted accepted) {
    var now = result.standing(accepted.job());
    if (now.filter(Standing::isOver).isPresent()) {
      result.answer(context, now.get().job());
    } else {
      answer202(context, now.map(accepted::at).orElse(accepted));
    }
  }

  private void answer202(Context context, Accepted accepted) {
    var response = context.res();
    response.setHeader("Location", JobJson.resultUrl(accepted.job()));
    response.setHeader("Retry-After", ASK_AGAIN_AFTER);
    Answers.json(context, 202, body(accepted));
  }

  private byte[] body(Accepted accepted) {
    var id = accepted.job();
    return Json.object(json -> {
      json.writeStringProperty("job_id", id.value());
      json.writeStringProperty("status", accepted.state().wireName());
      json.writeBooleanProperty("done", false);
      number(json, "queue_position", accepted.position());
      number(json, "estimated_seconds", admission.secondsTo(accepted.position()));
      time(json, "created_at", id.createdAt());
      time(json, "deadline", accepted.deadline());
      if (accepted.retryOf() != null) {
        json.writeStringProperty("retry_of", accepted.retryOf().value());
      }
      JobJson.writeUrls(json, id);
    });
  }
}
