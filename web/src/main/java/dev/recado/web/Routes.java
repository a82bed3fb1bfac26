package dev.recado.web;

import dev.recado.event.JobEvents;
import dev.recado.job.JobIds;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.web.admission.Admission;
import dev.recado.web.api.Acceptance;
import dev.recado.web.api.CancelBatch;
import dev.recado.web.api.CancelJob;
import dev.recado.web.api.EraseJob;
import dev.recado.web.api.Greeting;
import dev.recado.web.api.ListBatches;
import dev.recado.web.api.ListJobs;
import dev.recado.web.api.Liveness;
import dev.recado.web.api.ReadBatch;
import dev.recado.web.api.ReadBatchResults;
import dev.recado.web.api.ReadJob;
import dev.recado.web.api.ReadQueue;
import dev.recado.web.api.ReadResult;
import dev.recado.web.api.Readiness;
import dev.recado.web.api.RetryJob;
import dev.recado.web.api.SubmitBatch;
import dev.recado.web.api.SubmitJob;
import dev.recado.web.input.BatchReader;
import dev.recado.web.input.SubmissionReader;
import dev.recado.web.input.WebhookRules;
import dev.recado.web.openai.ChatCompletions;
import dev.recado.web.openai.ChatSettings;
import dev.recado.web.openai.Models;
import dev.recado.web.openapi.ApiDescription;
import dev.recado.web.openapi.DescriptionRoutes;
import dev.recado.web.page.PageRoutes;
import dev.recado.web.stream.EventStreams;
import dev.recado.web.stream.StreamEvents;
import dev.recado.web.stream.StreamSettings;
import dev.recado.web.wait.Sleepers;
import dev.recado.web.wait.Waiters;
import dev.recado.web.webhook.ListDeliveries;
import dev.recado.web.webhook.ReplayDelivery;
import dev.recado.web.webhook.Webhooks;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What web answers to. Javalin tries the routes of a method in this order, so the busy lead. */
final class Routes {
  private final RoutesConfig routes;
  private final Set<String> served = new TreeSet<>();

  private Routes(RoutesConfig routes) {
    this.routes = routes;
  }

  static void install(
      RoutesConfig config,
      WebSettings settings,
      JobStore store,
      TaskPublisher publisher,
      JobEvents events,
      Admission admission,
      Sleepers sleepers,
      Waiters waiters,
      Optional<Webhooks> webhooks,
      Readiness readiness,
      Clock clock) {
    var routes = new Routes(config);
    var ids = new JobIds(clock);
    var result = new ReadResult(store, waiters, admission);
    var acceptance = new Acceptance(admission, publisher, result);
    var submissions = new SubmissionReader(new WebhookRules(settings.webhooks()), clock);
    var submit = new SubmitJob(acceptance, ids, settings.jobDeadline(), submissions);

    routes.post("/api/predict", submit);
    routes.get("/api/result/{id}", result);
    routes.get("/api/jobs/{id}", new ReadJob(store));
    routes.get("/api/jobs/{id}/events", new StreamEvents(store, sleepers));
    routes.get("/api/jobs", new ListJobs(store));
    routes.post("/api/jobs/{id}/cancel", new CancelJob(store, events));
    routes.post("/api/jobs/{id}/retry", new RetryJob(store, acceptance, ids));
    routes.get("/api/jobs/{id}/deliveries", new ListDeliveries(store));
    routes.post("/api/jobs/{id}/deliveries/{delivery}/replay", new ReplayDelivery(store, webhooks));
    routes.delete("/api/jobs/{id}", new EraseJob(store));
    routes.post(
        "/api/batches",
        new SubmitBatch(store.batches(), admission, publisher, ids, new BatchReader(submissions)));
    routes.get("/api/batches", new ListBatches(store.batches()));
    routes.get("/api/batches/{id}", new ReadBatch(store.batches()));
    routes.get("/api/batches/{id}/results", new ReadBatchResults(store.batches()));
    routes.post("/api/batches/{id}/cancel", new CancelBatch(store.batches()));
    routes.get("/api/queue", new ReadQueue(store, publisher));
    var chat = new ChatSettings(settings.jobDeadline(), settings.model());
    var streams = new EventStreams(sleepers, StreamSettings.usual());
    routes.post(
        "/v1/chat/completions",
        new ChatCompletions(acceptance, store, ids, waiters, streams, chat, clock));
    var models = new Models(settings.model(), clock.instant());
    routes.get("/v1/models", models::list);
    routes.get("/v1/models/<model>", models::read); // a name may have slashes
    routes.get("/healthz", new Liveness());
    routes.get("/readyz", readiness);

    // What the first system of this kind called them.
    routes.post("/predict", submit);
    routes.get("/result/{id}", result);

    routes.get("/api", new Greeting());
    var page = PageRoutes.of(settings.page());
    page.forEach(routes::file);
    if (!page.containsKey("/")) {
      routes.get("/", new Greeting());
    }
    DescriptionRoutes.of(new ApiDescription(routes.served)).forEach(routes::file);
  }

  /** HEAD runs the same handler, as its headers must be those of GET; Jetty leaves out the body. */
  private void get(String path, Handler handler) {
    file(path, handler);
    serves("GET", path);
  }

  /** A document that is no part of the interface. */
  private void file(String path, Handler handler) {
    routes.get(path, handler);
    routes.head(path, handler);
  }

  private void post(String path, Handler handler) {
    routes.post(path, handler);
    serves("POST", path);
  }

  private void delete(String path, Handler handler) {
    routes.delete(path, handler);
    serves("DELETE", path);
  }

  private void serves(String method, String path) {
    served.add(method + " " + path.replace('<', '{').replace('>', '}'));
  }
}
