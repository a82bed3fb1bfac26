package dev.recado.app;

import static dev.recado.config.Variable.*;

import dev.recado.config.Settings;
import dev.recado.config.SettingsException;
import dev.recado.config.Variable;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * The settings as options; an option outdoes its variable. Secrets have none, as everybody on the
 * machine can read a command line.
 */
final class SettingsOptions {
  private final Map<String, String> given = new HashMap<>();

  @Option(names = "--host", paramLabel = "HOST", description = "Where web listens (127.0.0.1).")
  void host(String text) {
    give(RECADO_HOST, text);
  }

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Its port; 0 takes a free one (8080).")
  void port(String text) {
    give(RECADO_PORT, text);
  }

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Where a worker shows its metrics (nowhere).")
  void metricsPort(String text) {
    give(RECADO_METRICS_PORT, text);
  }

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "The job store (jdbc:sqlite:data/recado.db).")
  void databaseUrl(String text) {
    give(RECADO_DATABASE_URL, text);
  }

  @Option(names = "--model-url", paramLabel = "URL", description = "The model server, or echo.")
  void modelUrl(String text) {
    give(MODEL_URL, text);
  }

  @Option(names = "--model-name", paramLabel = "NAME", description = "The default model.")
  void modelName(String text) {
    give(MODEL_NAME, text);
  }

  @Option(
      names = "--worker-concurrency",
      paramLabel = "N",
      description = "Model calls in flight in one worker (64).")
  void workerConcurrency(String text) {
    give(RECADO_WORKER_CONCURRENCY, text);
  }

  @Option(
      names = "--job-deadline",
      paramLabel = "TIME",
      description = "How long a job may take (10m).")
  void jobDeadline(String text) {
    give(RECADO_JOB_DEADLINE, text);
  }

  @Option(
      names = "--model-silence",
      paramLabel = "TIME",
      description = "How long a model server may send nothing (2m).")
  void modelSilence(String text) {
    give(RECADO_MODEL_SILENCE, text);
  }

  @Option(
      names = "--lease",
      paramLabel = "TIME",
      description = "A worker silent for this long has lost its jobs (10s).")
  void lease(String text) {
    give(RECADO_LEASE, text);
  }

  @Option(
      names = "--retention",
      paramLabel = "TIME",
      description = "How long finished jobs are kept (7d).")
  void retention(String text) {
    give(RECADO_RETENTION, text);
  }

  @Option(
      names = "--max-queued",
      paramLabel = "N",
      description = "How many jobs may be in the queue (10000000).")
  void maxQueued(String text) {
    give(RECADO_MAX_QUEUED, text);
  }

  @Option(
      names = "--min-free-disk",
      paramLabel = "SIZE",
      description = "What must stay free on the store's disk (256MB).")
  void minFreeDisk(String text) {
    give(RECADO_MIN_FREE_DISK, text);
  }

  @Option(
      names = "--webhook-allow-private",
      paramLabel = "BOOL",
      description = "Whether webhooks may go to private addresses (false).")
  void webhookAllowPrivate(String text) {
    give(RECADO_WEBHOOK_ALLOW_PRIVATE, text);
  }

  /** The environment with the options laid over it. */
  Map<String, String> over(Map<String, String> environment) {
    var all = new HashMap<>(environment);
    all.putAll(given);
    return all;
  }

  /**
   * The settings.
   *
   * @throws SettingsException with everything that is wrong
   */
  Settings settings(Map<String, String> environment, Settings.Layout layout) {
    return Settings.from(over(environment), layout);
  }

  private void give(Variable variable, String text) {
    given.put(variable.name(), text);
  }
}
