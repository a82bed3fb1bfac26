package dev.recado.web;

import dev.recado.event.JobEvents;
import dev.recado.job.JobIds;
import dev.recado.metrics.Metrics;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.trace.Traces;
import dev.recado.web.access.OperatorAccess;
import dev.recado.web.admission.Admission;
import dev.recado.web.admission.AdmissionMeters;
import dev.recado.web.api.Acceptance;
import dev.recado.web.api.ReadResult;
import dev.recado.web.api.Readiness;
import dev.recado.web.trace.TracedRequests;
import dev.recado.web.wait.Sleepers;
import dev.recado.web.wait.Waiters;
import dev.recado.web.webhook.WebhookMeters;
import dev.recado.web.webhook.Webhooks;
import java.time.Clock;
import java.util.Optional;

/**
 * What web is built of, and its handlers share.
 *
 * @param settings what it was told
 * @param store where the jobs are
 * @param publisher who rings for them
 * @param events what web and workers tell each other
 * @param metrics what it counts
 * @param traced what traces the requests that leave jobs
 * @param clock what time it is
 * @param ids the names of new jobs
 * @param admission how much is taken in
 * @param sleepers those who wait for something to happen to a job
 * @param waiters those who wait for its end
 * @param result who tells of a job's result
 * @param acceptance who takes a job in
 * @param webhooks who calls those who left a job; none without a secret
 * @param readiness who says whether requests are welcome
 * @param access who says who is an operator
 */
record Parts(
    WebSettings settings,
    JobStore store,
    TaskPublisher publisher,
    JobEvents events,
    Metrics metrics,
    TracedRequests traced,
    Clock clock,
    JobIds ids,
    Admission admission,
    Sleepers sleepers,
    Waiters waiters,
    ReadResult result,
    Acceptance acceptance,
    Optional<Webhooks> webhooks,
    Readiness readiness,
    OperatorAccess access) {

  /** Makes what is missing of these; nothing of it runs yet. */
  static Parts of(
      WebSettings settings,
      JobStore store,
      TaskPublisher publisher,
      JobEvents events,
      Metrics metrics,
      Traces traces,
      Clock clock) {
    var registry = metrics.registry();
    var admission = new Admission(store, settings.admission(), new AdmissionMeters(registry));
    var sleepers = new Sleepers(events);
    var waiters = new Waiters(store, sleepers);
    var result = new ReadResult(store, waiters, admission);
    return new Parts(
        settings,
        store,
        publisher,
        events,
        metrics,
        new TracedRequests(traces),
        clock,
        new JobIds(clock),
        admission,
        sleepers,
        waiters,
        result,
        new Acceptance(admission, publisher, result),
        webhooks(settings, store, events, metrics, clock),
        new Readiness(store, publisher),
        OperatorAccess.of(settings.access(), settings.listen().host(), clock));
  }

  private static Optional<Webhooks> webhooks(
      WebSettings settings, JobStore store, JobEvents events, Metrics metrics, Clock clock) {
    if (!settings.webhooks().areOn()) {
      return Optional.empty();
    }
    var meters = new WebhookMeters(metrics.registry());
    return Optional.of(new Webhooks(store, events, settings.webhooks(), clock, meters));
  }
}
