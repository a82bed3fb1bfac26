package dev.recado.config;

import static dev.recado.config.Variable.*;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns an environment into settings. */
final class SettingsReader {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final List<String> LOG_LEVELS =
      List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "OFF");

  private final Environment environment;

  SettingsReader(Map<String, String> environment) {
    this.environment = new Environment(environment);
  }

  Settings read(Settings.Layout layout) {
    UnknownVariables.report(environment);
    requireLogLevel();
    var listen = listen();
    var settings =
        new Settings(
            listen,
            metrics(listen.host()),
            hostNames(),
            new AccessReader(environment).read(listen.host(), layout),
            databaseUrl(),
            new BrokerReader(environment).read(layout),
            new ModelReader(environment).read(layout),
            environment.number(RECADO_WORKER_CONCURRENCY, 1, 10_000),
            environment.duration(RECADO_JOB_DEADLINE, SECOND, Duration.ofDays(1)),
            environment.duration(RECADO_MODEL_SILENCE, SECOND, Duration.ofDays(1)),
            environment.duration(RECADO_LEASE, SECOND, Duration.ofMinutes(10)),
            environment.duration(RECADO_RETENTION, SECOND, Duration.ofDays(3_650)),
            environment.number(RECADO_MAX_QUEUED, 1, 1_000_000_000),
            environment.size(RECADO_MIN_FREE_DISK),
            new WebhookReader(environment).read(),
            logFormat());
    environment.throwProblems();
    return settings;
  }

  private HostAndPort listen() {
    var text = environment.textOrExample(RECADO_HOST);
    var host = Host.parse(text);
    if (host.isEmpty()) {
      environment.report(RECADO_HOST, "is neither a host name nor an IP address: " + text);
    }
    return new HostAndPort(host.orElse(new Host("localhost")), port());
  }

  private Optional<HostAndPort> metrics(Host host) {
    return environment
        .text(RECADO_METRICS_PORT)
        .map(_ -> environment.number(RECADO_METRICS_PORT, 1, HostAndPort.HIGHEST_PORT))
        .map(port -> new HostAndPort(host, port));
  }

  private Set<String> hostNames() {
    var names = environment.text(RECADO_HOST_NAMES).orElse("").split("[,\\s]+");
    var given = Arrays.stream(names).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
    for (var name : given) {
      if (Host.parse(name).isEmpty()) {
        environment.report(RECADO_HOST_NAMES, "has a part that is no host name: " + name);
      }
    }
    return given;
  }

  private LogFormat logFormat() {
    var text = environment.textOrExample(RECADO_LOG_FORMAT);
    for (var format : LogFormat.values()) {
      if (format.wireName().equals(text)) {
        return format;
      }
    }
    environment.report(RECADO_LOG_FORMAT, "must be text or json, not " + text);
    return LogFormat.TEXT;
  }

  /** The log reads it by itself, and takes a word that it does not know for INFO. */
  private void requireLogLevel() {
    var text = environment.textOrExample(RECADO_LOG_LEVEL);
    if (!LOG_LEVELS.contains(text.toUpperCase(Locale.ROOT))) {
      var levels = String.join(", ", LOG_LEVELS);
      environment.report(RECADO_LOG_LEVEL, "must be one of " + levels + ", not " + text);
    }
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

  private StoreUrl databaseUrl() {
    try {
      return StoreUrl.parse(environment.textOrExample(RECADO_DATABASE_URL));
    } catch (IllegalArgumentException notAFile) {
      environment.report(RECADO_DATABASE_URL, String.valueOf(notAFile.getMessage()));
      return StoreUrl.parse(RECADO_DATABASE_URL.example());
    }
  }
}
