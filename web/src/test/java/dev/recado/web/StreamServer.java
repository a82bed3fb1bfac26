package dev.recado.web;

import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import dev.recado.event.JobEvents;
import dev.recado.store.JobStore;
import dev.recado.web.problem.ProblemMapper;
import dev.recado.web.stream.StreamEvents;
import dev.recado.web.stream.StreamSettings;
import dev.recado.web.wait.Sleepers;
import io.javalin.Javalin;

/** The server of web with nothing but streams, kept in another way than usual. */
record StreamServer(Javalin javalin) implements AutoCloseable {

  static StreamServer start(JobStore store, JobEvents events, StreamSettings settings) {
    var handler = new StreamEvents(store, new Sleepers(events), settings);
    var listen = new HostAndPort(new Host("127.0.0.1"), 0);
    var javalin =
        Javalin.create(config -> {
          config.startup.showJavalinBanner = false;
          config.unsafe.jettyInternal.server = HttpServer.create();
          config.jetty.addConnector((server, ignored) -> HttpServer.listen(server, listen));
          config.routes.get("/api/jobs/{id}/events", handler);
          new ProblemMapper().install(config.routes);
        });
    return new StreamServer(javalin.start());
  }

  EventReader open(Object job, String... headers) {
    return EventReader.open(javalin.port(), "/api/jobs/" + job + "/events", headers);
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
