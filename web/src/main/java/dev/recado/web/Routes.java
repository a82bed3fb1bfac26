package dev.recado.web;

import dev.recado.store.JobStore;
import dev.recado.web.access.OperatorAccess;
import dev.recado.web.api.BatchAcceptance;
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
import dev.recado.web.api.ReadMetrics;
import dev.recado.web.api.ReadQueue;
import dev.recado.web.api.RetryJob;
import dev.recado.web.api.SubmitBatch;
import dev.recado.web.api.SubmitJob;
import dev.recado.web.input.BatchReader;
import dev.recado.web.input.Bodies;
import dev.recado.web.input.Bodiless;
import dev.recado.web.input.ChatReader;
import dev.recado.web.input.OperatorBody;
import dev.recado.web.input.SubmissionReader;
import dev.recado.web.input.WebhookRules;
import dev.recado.web.openai.ChatCompletions;
import dev.recado.web.openai.Models;
import dev.recado.web.openai.StreamedAnswers;
import dev.recado.web.openai.WholeAnswers;
import dev.recado.web.openapi.ApiDescription;
import dev.recado.web.openapi.DescriptionRoutes;
import dev.recado.web.operator.OperatorRoutes;
import dev.recado.web.page.PageRoutes;
import dev.recado.web.page.ServeConsole;
import dev.recado.web.stream.EventStreams;
import dev.recado.web.stream.StreamEvents;
import dev.recado.web.stream.StreamSettings;
import dev.recado.web.webhook.ListDeliveries;
import dev.recado.web.webhook.ReplayDelivery;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.Set;
import java.util.TreeSet;

/** What web answers to. Javalin tries the routes of a method in this order, so the busy lead. */
final class Routes {
  private final RoutesConfig routes;
  private final Parts parts;
  private final WebPorts ports;
  private final WebSettings settings;
  private final JobStore store;
  private final Bodies bodies = Bodies.withinMemory();
  private final Set<String> served = new TreeSet<>();

  Routes(RoutesConfig routes, Parts parts) {
    this.routes = routes;
    this.parts = parts;
    this.ports = parts.ports();
    this.settings = parts.settings();
    this.store = ports.store();
  }

  void install() {
    var rules = new WebhookRules(settings.webhooks());
    var submissions = new SubmissionReader(rules, ports.clock(), bodies);
    var submit = new SubmitJob(parts.acceptance(), parts.ids(), submissions);
    submit("/api/predict", submit);
    get("/api/result/{id}", parts.result());
    jobs();
    batches(submissions);
    openAi();
    service();
    // What the first system of this kind called them.
    submit("/predict", submit);
    get("/result/{id}", parts.result());
    pages();
  }

  private void jobs() {
    var cancel = new Bodiless(new CancelJob(store, ports.events()));
    var retry = new Bodiless(new RetryJob(store, parts.acceptance(), parts.ids()));
    get("/api/jobs/{id}", new ReadJob(store));
    get("/api/jobs/{id}/events", new StreamEvents(store, parts.sleepers()));
    get("/api/jobs", new ListJobs(store));
    post("/api/jobs/{id}/cancel", cancel);
    submit("/api/jobs/{id}/retry", retry);
    get("/api/jobs/{id}/deliveries", new ListDeliveries(store));
    post(
        "/api/jobs/{id}/deliveries/{delivery}/replay",
        new Bodiless(new ReplayDelivery(store, parts.webhooks())));
    delete("/api/jobs/{id}", new Bodiless(new EraseJob(store)));
    parts.access().ifPresent(access -> operators(access, cancel, retry));
  }

  private void operators(OperatorAccess access, Handler cancel, Handler retry) {
    new OperatorRoutes(routes, access, new OperatorBody(bodies))
        .install(
            new OperatorRoutes.Parts(
                store,
                ports.publisher(),
                parts.admission(),
                parts.sleepers(),
                cancel,
                retry,
                settings.version(),
                ports.clock()));
    var page = access.toAnybody(new ServeConsole());
    file(ServeConsole.PATH, page);
    file(ServeConsole.PATH + "/*", page);
  }

  private void batches(SubmissionReader submissions) {
    var batches = store.batches();
    var acceptance =
        new BatchAcceptance(batches, parts.admission(), parts.ids(), new BatchReader(submissions));
    submit("/api/batches", new SubmitBatch(acceptance, batches, ports.publisher(), ports.events()));
    get("/api/batches", new ListBatches(batches));
    get("/api/batches/{id}", new ReadBatch(batches));
    get("/api/batches/{id}/results", new ReadBatchResults(batches));
    post("/api/batches/{id}/cancel", new Bodiless(new CancelBatch(batches, ports.events())));
  }

  private void openAi() {
    var streams = new EventStreams(parts.sleepers(), StreamSettings.usual());
    submit(
        "/v1/chat/completions",
        new ChatCompletions(
            new ChatReader(bodies),
            parts.acceptance(),
            parts.ids(),
            new WholeAnswers(parts.waiters(), ports.clock()),
            new StreamedAnswers(store, streams, settings.model())));
    var models = new Models(settings.model(), ports.clock().instant());
    get("/v1/models", models::list);
    get("/v1/models/<model>", models::read); // a name may have slashes
  }

  private void service() {
    get("/api/queue", new ReadQueue(store, ports.publisher()));
    get("/healthz", new Liveness());
    get("/readyz", parts.readiness());
    file("/metrics", new ReadMetrics(ports.metrics()));
    get("/api", new Greeting());
  }

  private void pages() {
    var page = PageRoutes.of(settings.page());
    page.forEach(this::file);
    if (!page.containsKey("/")) {
      get("/", new Greeting());
    }
    DescriptionRoutes.of(new ApiDescription(served)).forEach(this::file);
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

  /** What leaves jobs. */
  private void submit(String path, Handler handler) {
    post(path, parts.traced().post(path, handler));
  }

  private void delete(String path, Handler handler) {
    routes.delete(path, handler);
    serves("DELETE", path);
  }

  private void serves(String method, String path) {
    served.add(method + " " + path.replace('<', '{').replace('>', '}'));
  }
}
