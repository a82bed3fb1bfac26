package dev.recado.worker.execute;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobError;
import dev.recado.job.Settlement;
import dev.recado.trace.Attribute;
import dev.recado.trace.Span;
import dev.recado.trace.Traces;
import java.util.Optional;

/** A span for each attempt at a job. Thread-safe. */
final class JobTraces {
  private static final String QUEUE = "task_queue";
  private static final String NAME = "process " + QUEUE;

  private final Traces traces;

  JobTraces(Traces traces) {
    this.traces = traces;
  }

  Span begin(ClaimedJob job) {
    if (!traces.areOn()) {
      return Span.NONE;
    }
    return beginWhereItBelongs(job)
        .note(Attribute.MESSAGING_DESTINATION, QUEUE)
        .note(Attribute.MESSAGING_OPERATION, "process")
        .note(Attribute.JOB_ID, job.id().value())
        .note(Attribute.ATTEMPT, (long) job.attempt());
  }

  // A batch would be one trace with a hundred thousand spans, which nobody can show or store.
  private Span beginWhereItBelongs(ClaimedJob job) {
    return job.batch() == null
        ? traces.begin(Traces.Kind.CONSUMER, NAME, job.traceparent())
        : traces.beginAfter(Traces.Kind.CONSUMER, NAME, job.traceparent());
  }

  static void note(Span span, Optional<Settlement> end) {
    if (end.isEmpty()) {
      span.note(Attribute.OUTCOME, "taken_away");
      return;
    }
    switch (end.get()) {
      case Settlement.Succeed _ -> span.note(Attribute.OUTCOME, "succeeded");
      case Settlement.HandBack _ -> span.note(Attribute.OUTCOME, "handed_back");
      case Settlement.PutOff _ -> span.note(Attribute.OUTCOME, "put_off");
      case Settlement.Expire(var error) -> failed(span, "expired", error);
      case Settlement.Fail(var error, _) -> failed(span, "failed", error);
      case Settlement.Retry(_, var error, _) -> failed(span, "retried", error);
    }
  }

  static void noteFenced(Span span) {
    span.note(Attribute.OUTCOME, "fenced");
  }

  private static void failed(Span span, String outcome, JobError error) {
    span.note(Attribute.OUTCOME, outcome).failed(error.code().wireName());
  }
}
