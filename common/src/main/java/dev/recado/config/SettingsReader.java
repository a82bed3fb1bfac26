package dev.recado.config;

import static dev.recado.config.Variable.*;

import java.time.Duration;
import java.util.Map;

/** Turns an environment into settings. */
final class SettingsReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final String SQLITE = "jdbc:sqlite:";

  private final Environment environment;

  SettingsReader(Map<String, String> environment) {
    this.environment = new Environment(environment);
  }

  Settings read(Settings.Layout layout) {
    UnknownVariables.report(environment);
    var settings =
        new Settings(
            listen(),
            databaseUrl(),
            new BrokerReader(environment).read(layout),
            new ModelReader(environment).read(),
            environment.number(RECADO_WORKER_CONCURRENCY, 1, 10_000),
            environment.duration(RECADO_JOB_DEADLINE, SECOND, Duration.ofDays(1)),
            environment.duration(RECADO_LEASE, SECOND, Duration.ofMinutes(10)),
            environment.duration(RECADO_RETENTION, SECOND, Duration.ofDays(3_650)));
    environment.throwProblems();
    return settings;
  }

  private HostAndPort listen() {
    var text = environment.textOrExample(RECADO_HOST);
    var host = Host.parse(text);
    if (host.isEmpty()) {
      environment.report(RECADO_HOST, "is neither a host name nor an IP address: " + text);
    }
    return new HostAndPort(host.orElse(new Host("invalid")), port());
  }

  private int port() {
    // A Kubernetes service called "recado" plants RECADO_PORT=tcp://… into every pod.
    if (environment.textOrExample(RECADO_PORT).startsWith("tcp://")) {
      environment.report(
          RECADO_PORT,
          "comes from a Kubernetes service link: set it, or enableServiceLinks: false");
      return 0;
    }
    return environment.number(RECADO_PORT, 0, HostAndPort.HIGHEST_PORT);
  }

  private String databaseUrl() {
    var url = environment.textOrExample(RECADO_DATABASE_URL);
    if (!url.startsWith(SQLITE) || url.length() == SQLITE.length()) {
      environment.report(RECADO_DATABASE_URL, "must start with " + SQLITE + " and name a file");
    } else if (url.contains(":memory:") || url.contains("mode=memory")) {
      environment.report(RECADO_DATABASE_URL, "must name a file: memory forgets accepted jobs");
    }
    return url;
  }
}
