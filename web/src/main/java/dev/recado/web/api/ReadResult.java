package dev.recado.web.api;

import static dev.recado.web.answer.JsonMembers.number;
import static dev.recado.web.answer.JsonMembers.text;

import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import dev.recado.web.admission.Admission;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.Preference;
import dev.recado.web.problem.Problem;
import dev.recado.web.problem.Problems;
import dev.recado.web.wait.Listener;
import dev.recado.web.wait.Waiters;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/result/{id}}: collects the answer. 200 if and only if there is one. */
public final class ReadResult implements Handler {
  private static final String APPLIED = "Preference-Applied";

  private final JobStore store;
  private final Waiters waiters;
  private final Admission admission;
  private final FreshJobs freshJobs;

  /**
   * Reads from this store; those who want to wait, wait there; how long it takes is known there.
   */
  public ReadResult(JobStore store, Waiters waiters, Admission admission, FreshJobs freshJobs) {
    this.admission = admission;
    this.store = store;
    this.waiters = waiters;
    this.freshJobs = freshJobs;
  }

  @Override
  public void handle(Context context) {
    var job = JobPath.outcome(context, store);
    if (job.state().isTerminal()) {
      answer(context, job);
      return;
    }
    var wish = Preference.toWait(context.req());
    Runnable asItIsThen = () -> answerAsItIs(context, job);
    if (wish.isPresent()) {
      awaitEnd(context, job.id(), wish.get(), asItIsThen);
    } else {
      freshJobs
          .patience(job)
          .ifPresentOrElse(
              moment -> awaitQuietly(context, job.id(), moment, asItIsThen),
              () -> answer(context, job));
    }
  }

  /** Waiting is a favour: what cannot be known when it is over is told as it was before. */
  private void answerAsItIs(Context context, Job before) {
    standing(before.id())
        .ifPresentOrElse(
            now -> answer(context, now), () -> answer(context, new Standing(before, null)));
  }

  /**
   * Answers with the job's result if it ends in time, as the client would have it, and otherwise
   * does this instead.
   */
  void awaitEnd(Context context, JobId job, Duration atMost, Runnable otherwise) {
    context.res().setHeader(APPLIED, "wait=" + atMost.toSeconds());
    awaitQuietly(context, job, atMost, otherwise);
  }

  private void awaitQuietly(Context context, JobId job, Duration atMost, Runnable otherwise) {
    var client = Listener.of(context);
    context.future(() ->
        waiters
            .await(job, atMost, client::hasHungUp)
            .thenAcceptAsync(
                end -> end.ifPresentOrElse(ended -> answer(context, ended), otherwise),
                Thread::startVirtualThread));
  }

  /**
   * A job at a moment.
   *
   * @param position its place in line, if it has one
   */
  record Standing(Job job, @Nullable Long position) {
    boolean isOver() {
      return job.state().isTerminal();
    }
  }

  /** How a job stands now; empty if that cannot be known. */
  Optional<Standing> standing(JobId id) {
    try {
      return store.findOutcome(Tenant.DEFAULT, id).map(job -> new Standing(job, position(job)));
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }

  void answer(Context context, Job job) {
    answer(context, new Standing(job, position(job)));
  }

  private void answer(Context context, Standing now) {
    var job = now.job();
    switch (job.state()) {
      case QUEUED, PROCESSING -> {
        context.res().setHeader("Retry-After", Acceptance.ASK_AGAIN_AFTER);
        Answers.json(context, 202, pending(job, now.position()));
      }
      case SUCCEEDED -> Answers.json(context, 200, succeeded(job, resultOf(job)));
      case FAILED -> throw failed(job).asException();
      case CANCELED, EXPIRED -> throw Problems.noResult(job).asException();
    }
  }

  private @Nullable Long position(Job job) {
    return job.state() == JobState.QUEUED
        ? store.queuePosition(Tenant.DEFAULT, job.id()).orElse(null)
        : null;
  }

  private byte[] pending(Job job, @Nullable Long position) {
    return Json.object(json -> {
      json.writeStringProperty("status", "pending");
      json.writeStringProperty("state", job.state().wireName());
      json.writeStringProperty("job_id", job.id().value());
      number(json, "queue_position", position);
      number(json, "estimated_seconds", admission.secondsTo(position));
    });
  }

  private static JobResult resultOf(Job job) {
    var result = job.result();
    if (result == null) {
      throw Problems.noResult(job).asException();
    }
    return result;
  }

  private static byte[] succeeded(Job job, JobResult result) {
    return Json.object(json -> {
      JobJson.writeOutput(json, "result", result);
      json.writeStringProperty("job_id", job.id().value());
      json.writeStringProperty("status", job.state().wireName());
      json.writeStringProperty("model", result.model());
      JobJson.writeUsage(json, result);
      text(json, "finish_reason", result.finishReason());
      JobJson.writeTrace(json, job);
      JobJson.writeMetrics(json, job);
    });
  }

  private static Problem failed(Job job) {
    var error = job.error();
    return error == null
        ? Problems.noResult(job)
        : Problems.jobFailed(job, error.code().wireName(), error.message());
  }
}
