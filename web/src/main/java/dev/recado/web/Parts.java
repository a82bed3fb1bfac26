package dev.recado.web;

import dev.recado.job.JobIds;
import dev.recado.web.access.OperatorAccess;
import dev.recado.web.admission.Admission;
import dev.recado.web.admission.AdmissionMeters;
import dev.recado.web.api.Acceptance;
import dev.recado.web.api.FreshJobs;
import dev.recado.web.api.ReadResult;
import dev.recado.web.api.Readiness;
import dev.recado.web.trace.TracedRequests;
import dev.recado.web.wait.Sleepers;
import dev.recado.web.wait.Waiters;
import dev.recado.web.webhook.WebhookMeters;
import dev.recado.web.webhook.Webhooks;
import java.util.Optional;

/**
 * What web is built of, and its handlers share.
 *
 * @param settings what it was told
 * @param ports what it was given
 * @param traced what traces the requests that leave jobs
 * @param ids the names of new jobs
 * @param admission how much is taken in
 * @param sleepers those who wait for something to happen to a job
 * @param waiters those who wait for its end
 * @param result who tells of a job's result
 * @param acceptance who takes a job in
 * @param webhooks who calls those who left a job; none without a secret
 * @param readiness who says whether requests are welcome
 * @param access who says who is an operator; none where nobody can be one
 */
record Parts(
    WebSettings settings,
    WebPorts ports,
    TracedRequests traced,
    JobIds ids,
    Admission admission,
    Sleepers sleepers,
    Waiters waiters,
    ReadResult result,
    Acceptance acceptance,
    Optional<Webhooks> webhooks,
    Readiness readiness,
    Optional<OperatorAccess> access) {

  /** Makes what is missing; nothing of it runs yet. */
  static Parts of(WebSettings settings, WebPorts ports) {
    var store = ports.store();
    var meters = new AdmissionMeters(ports.metrics().registry());
    var admission = new Admission(store, settings.admission(), meters);
    var sleepers = new Sleepers(ports.events());
    var waiters = new Waiters(store, sleepers, HttpServer.MOST_WAITING);
    var result =
        new ReadResult(
            store, waiters, admission, new FreshJobs(ports.clock(), settings.patience()));
    return new Parts(
        settings,
        ports,
        new TracedRequests(ports.traces()),
        new JobIds(ports.clock()),
        admission,
        sleepers,
        waiters,
        result,
        new Acceptance(admission, result, settings.jobDeadline()),
        webhooks(settings, ports),
        new Readiness(store, ports.publisher()),
        OperatorAccess.of(settings.access(), settings.listen().host(), ports.clock()));
  }

  private static Optional<Webhooks> webhooks(WebSettings settings, WebPorts ports) {
    if (!settings.webhooks().areOn()) {
      return Optional.empty();
    }
    var meters = new WebhookMeters(ports.metrics().registry());
    return Optional.of(
        new Webhooks(ports.store(), ports.events(), settings.webhooks(), ports.clock(), meters));
  }
}
