package dev.recado.web;

import dev.recado.config.Host;
import dev.recado.config.HostAndPort;
import dev.recado.web.problem.ProblemMapper;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import java.util.function.Consumer;

/** The server of web with these routes alone, on a free port. */
final class PartOfWeb {
  private PartOfWeb() {}

  static Javalin start(Consumer<RoutesConfig> routes) {
    var listen = new HostAndPort(new Host("127.0.0.1"), 0);
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.unsafe.jettyInternal.server = HttpServer.create();
              config.jetty.addConnector((server, ignored) -> HttpServer.listen(server, listen));
              routes.accept(config.routes);
              new ProblemMapper().install(config.routes);
            })
        .start();
  }
}
