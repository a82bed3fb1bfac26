package dev.recado.web;

import dev.recado.event.JobEvents;
import dev.recado.metrics.Metrics;
import dev.recado.queue.DoorbellGauges;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.store.StoreGauges;
import dev.recado.web.admission.Admission;
import dev.recado.web.admission.AdmissionMeters;
import dev.recado.web.api.ReadMetrics;
import dev.recado.web.api.Readiness;
import dev.recado.web.gate.Gate;
import dev.recado.web.gate.ServedHosts;
import dev.recado.web.problem.JettyProblems;
import dev.recado.web.problem.ProblemMapper;
import dev.recado.web.wait.Sleepers;
import dev.recado.web.wait.WaitGauges;
import dev.recado.web.wait.Waiters;
import dev.recado.web.webhook.WebhookMeters;
import dev.recado.web.webhook.Webhooks;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.servlet.DefaultTasks;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The HTTP side, put together. It uses the store, the doorbell and the event bus; who made them
 * closes them, after this.
 */
public final class WebApp implements AutoCloseable {
  private final WebSettings settings;
  private final JobStore store;
  private final TaskPublisher publisher;
  private final JobEvents events;
  private final Metrics metrics;
  private final HttpMeters http;
  private final Clock clock;
  private final Admission admission;
  private final Sleepers sleepers;
  private final Waiters waiters;
  private final Readiness readiness;
  private final Optional<Webhooks> webhooks;
  private final Javalin javalin;

  /** Not yet listening. */
  public WebApp(
      WebSettings settings,
      JobStore store,
      TaskPublisher publisher,
      JobEvents events,
      Metrics metrics,
      Clock clock) {
    var registry = metrics.registry();
    this.settings = settings;
    this.store = store;
    this.publisher = publisher;
    this.events = events;
    this.metrics = metrics;
    this.http = new HttpMeters(registry);
    this.clock = clock;
    this.admission = new Admission(store, settings.admission(), new AdmissionMeters(registry));
    this.sleepers = new Sleepers(events);
    this.waiters = new Waiters(store, sleepers);
    this.webhooks =
        settings.webhooks().areOn()
            ? Optional.of(
                new Webhooks(
                    store, events, settings.webhooks(), clock, new WebhookMeters(registry)))
            : Optional.empty();
    this.readiness = new Readiness(store, publisher);
    this.javalin = Javalin.create(this::configure);
    StoreGauges.register(store, registry);
    DoorbellGauges.register(publisher, registry);
    WaitGauges.register(sleepers, waiters, registry);
  }

  /** Starts to listen; throws if the port is taken. */
  public void start() {
    admission.start();
    javalin.start();
    webhooks.ifPresent(Webhooks::start);
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** What it answers to, as {@code GET /path/{parameter}}. */
  Set<String> served() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint.method + " " + parsed.endpoint.path)
        .collect(Collectors.toSet());
  }

  /** Takes no more requests, finishes those that run, and stops; within 25 seconds. */
  @Override
  public void close() {
    readiness.stopping();
    waiters.close();
    javalin.stop();
    webhooks.ifPresent(Webhooks::close);
    admission.close();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "application/json";
    // The gate and the handler: nothing here hooks in elsewhere.
    config.unsafe.servletRequestLifecycle.retainAll(
        List.of(DefaultTasks.INSTANCE.getBEFORE(), DefaultTasks.INSTANCE.getHTTP()));
    config.router.javaLangErrorHandler(ProblemMapper::fatal);
    configureJetty(config);

    var routes = config.routes;
    var hosts = ServedHosts.listeningOn(settings.listen().host(), settings.alsoCalled());
    routes.before("*", http::remember);
    routes.before("*", new Gate(hosts));
    new ProblemMapper().install(routes);
    Routes.install(
        routes, settings, store, publisher, events, admission, sleepers, waiters, webhooks,
        readiness, clock);
    routes.get("/metrics", new ReadMetrics(metrics));
  }

  private void configureJetty(JavalinConfig config) {
    var server = HttpServer.create();
    server.setRequestLog(http);
    config.unsafe.jettyInternal.server = server;
    config.jetty.addConnector((jetty, ignored) -> HttpServer.listen(jetty, settings.listen()));
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new JettyProblems()));
  }
}
