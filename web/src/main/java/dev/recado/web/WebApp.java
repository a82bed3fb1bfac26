package dev.recado.web;

import dev.recado.queue.DoorbellGauges;
import dev.recado.store.StoreGauges;
import dev.recado.web.gate.Gate;
import dev.recado.web.gate.ServedHosts;
import dev.recado.web.problem.JettyProblems;
import dev.recado.web.problem.ProblemMapper;
import dev.recado.web.wait.WaitGauges;
import dev.recado.web.webhook.Webhooks;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.servlet.DefaultTasks;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;

/** The HTTP side, put together. */
public final class WebApp implements AutoCloseable {
  private final Parts parts;
  private final HttpMeters http;
  private final Server server = HttpServer.create();
  private final Javalin javalin;

  /** Not yet listening. */
  public WebApp(WebSettings settings, WebPorts ports) {
    var registry = ports.metrics().registry();
    this.parts = Parts.of(settings, ports);
    this.http = new HttpMeters(registry);
    this.javalin = Javalin.create(this::configure);
    StoreGauges.register(ports.store(), registry);
    DoorbellGauges.register(ports.publisher(), registry);
    WaitGauges.register(parts.sleepers(), parts.waiters(), registry);
  }

  /** Starts to listen; throws if the port is taken. */
  public void start() {
    parts.admission().start();
    var publisher = parts.ports().publisher();
    parts.ports().store().announceArrivalsTo(job -> publisher.ring(job.id(), job.traceparent()));
    javalin.start();
    parts.webhooks().ifPresent(Webhooks::start);
  }

  /** The port it listens on. */
  public int port() {
    return javalin.port();
  }

  /** The HTTP server as such. */
  Server server() {
    return server;
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
    parts.readiness().stopping();
    parts.waiters().close();
    // Not Javalin's stop, which fails as a whole if one request takes too long.
    if (server.isRunning()) {
      HttpServer.stop(server);
    }
    parts.webhooks().ifPresent(Webhooks::close);
    parts.admission().close();
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
    var settings = parts.settings();
    var hosts = ServedHosts.listeningOn(settings.listen().host(), settings.alsoCalled());
    routes.before("*", http::remember);
    routes.before("*", new Gate(hosts));
    new ProblemMapper().install(routes);
    new Routes(routes, parts).install();
  }

  private void configureJetty(JavalinConfig config) {
    server.setRequestLog(http);
    config.unsafe.jettyInternal.server = server;
    var listen = parts.settings().listen();
    config.jetty.addConnector((jetty, ignored) -> HttpServer.listen(jetty, listen));
    config.jetty.modifyServletContextHandler(
        context -> context.setErrorHandler(new JettyProblems()));
  }
}
