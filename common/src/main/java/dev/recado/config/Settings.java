package dev.recado.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything an operator may set. Immutable; safe to print, as secrets show as stars.
 *
 * @param listen where web listens; loopback by default
 * @param metrics where a worker that runs alone shows its metrics; nowhere by default
 * @param hostNames names, besides those of loopback, that web answers to when it listens there:
 *     those of a proxy in front of it; none by default
 * @param access who may come in from elsewhere, and what operators log in with
 * @param databaseUrl where the job store lies
 * @param broker the broker; empty means the doorbell inside this process
 * @param model which model answers; the echo if neither a key nor a model server is set
 * @param workerConcurrency model calls in flight in one worker, 64 by default
 * @param jobDeadline from accepted to finished, 10 minutes by default
 * @param modelSilence how long a model server may send nothing before it is given up, 2 minutes by
 *     default
 * @param lease a worker silent for this long has lost its jobs; 10 seconds by default
 * @param retention how long finished jobs are kept, 7 days by default
 * @param maxQueued how many jobs may be in the queue before submits are refused, 10 million by
 *     default
 * @param minFreeDisk bytes that must stay free on the store's disk for jobs to be accepted, 256 MB
 *     by default; 0 turns the check off
 * @param webhooks how those who left a job are called when it has ended
 * @param logFormat what a line of the log looks like; text by default
 */
public record Settings(
    HostAndPort listen,
    Optional<HostAndPort> metrics,
    Set<String> hostNames,
    AccessSettings access,
    StoreUrl databaseUrl,
    Optional<BrokerSettings> broker,
    ModelSettings model,
    int workerConcurrency,
    Duration jobDeadline,
    Duration modelSilence,
    Duration lease,
    Duration retention,
    int maxQueued,
    long minFreeDisk,
    WebhookSettings webhooks,
    LogFormat logFormat) {

  /** Settings do not change. */
  public Settings {
    hostNames = Set.copyOf(hostNames);
  }

  /** Whether web and worker share a process, or are apart and need a broker between them. */
  public enum Layout {
    /** Web and worker in one process; a broker is possible, not needed. */
    TOGETHER,
    /** Web alone. */
    WEB,
    /** A worker alone. */
    WORKER;

    /** Whether there is something that listens. */
    boolean hasWeb() {
      return this != WORKER;
    }

    /** Whether web and worker have to meet somewhere. */
    boolean needsBroker() {
      return this != TOGETHER;
    }
  }

  /**
   * Reads the environment. An empty value counts as unset.
   *
   * @throws SettingsException with every problem there is
   */
  public static Settings from(Map<String, String> environment, Layout layout) {
    return new SettingsReader(environment).read(layout);
  }
}
