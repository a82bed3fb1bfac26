package dev.recado.app.server;

import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Version;
import dev.recado.config.Settings;
import dev.recado.job.JobId;
import dev.recado.lifecycle.Lifecycle;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.metrics.Metrics;
import dev.recado.metrics.MetricsServer;
import dev.recado.queue.DoorbellGauges;
import dev.recado.queue.TaskPublisher;
import dev.recado.store.JobStore;
import dev.recado.store.StoreDamagedException;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.sqlite.SqliteJobStore;
import dev.recado.store.sqlite.StoreMeters;
import dev.recado.sweep.Sweeper;
import dev.recado.trace.Traces;
import dev.recado.web.WebApp;
import dev.recado.web.WebPorts;
import dev.recado.web.WebSettings;
import dev.recado.web.admission.AdmissionLimits;
import dev.recado.web.page.Page;
import dev.recado.worker.WorkerApp;
import dev.recado.worker.execute.Worker;
import dev.recado.worker.execute.WorkerGauges;
import dev.recado.worker.execute.WorkerPorts;
import dev.recado.worker.execute.WorkerSettings;
import dev.recado.worker.model.ModelClient;
import dev.recado.worker.model.ModelMeters;
import dev.recado.worker.model.ObservedModel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the parts of a process together and hands each to its lifecycle as soon as it runs, so that
 * they stop in the reverse order.
 */
public final class Assembly {
  private static final Log log = Log.of(Assembly.class);

  private final Settings settings;
  private final Lifecycle lifecycle;
  private final Clock clock = Clock.systemUTC();
  private final Metrics metrics;
  private final JobStore store;
  private final Messaging messaging;
  private final Traces traces;

  /** Opens what every process needs: the store, and the way to the others. */
  public Assembly(Settings settings, Lifecycle lifecycle) {
    this(settings, lifecycle, Traces.OFF);
  }

  /** The same, and spans go there. */
  public Assembly(Settings settings, Lifecycle lifecycle, Traces traces) {
    this.traces = traces;
    this.settings = settings;
    this.lifecycle = lifecycle;
    this.metrics = lifecycle.own("metrics", new Metrics());
    var meters = new StoreMeters(metrics.registry());
    this.store =
        lifecycle.own(
            "job store",
            SqliteJobStore.open(settings.databaseUrl(), clock, Assembly::endAtOnce, meters));
    this.messaging = Messaging.open(settings, lifecycle, traces);
  }

  /** No orderly stop: it would still answer, and nothing it could say of the store is certain. */
  private static void endAtOnce(StoreUnavailableException why) {
    var isDamaged = why instanceof StoreDamagedException;
    try {
      if (isDamaged) {
        log.tell(LogEvent.STORE_DAMAGED, why.getMessage());
      } else {
        log.tellWhy(why, LogEvent.STORE_WRITER_LOST, why.getMessage());
      }
    } finally {
      // Also if this process is in no state to tell of it.
      Runtime.getRuntime().halt(isDamaged ? ExitCode.DAMAGED : ExitCode.FAILED);
    }
  }

  /** Starts to take jobs, and to call the model for them. */
  public Worker startWorker() {
    var slots = settings.workerConcurrency();
    var model = model(slots);
    var consumer = messaging.openConsumer(slots);
    var worker =
        lifecycle.own(
            "worker",
            WorkerApp.start(
                new WorkerSettings(slots, settings.lease()),
                new WorkerPorts(store, consumer, messaging.events(), model, traces, clock)));
    DoorbellGauges.register(consumer, metrics.registry());
    WorkerGauges.register(worker, metrics.registry());
    return worker;
  }

  private ModelClient model(int connections) {
    var client = lifecycle.own("model client", Models.client(settings, connections));
    var provider = Models.provider(settings.model());
    var meters = new ModelMeters(metrics.registry(), provider, client.defaultModel());
    return new ObservedModel(client, meters, traces, provider);
  }

  /** Shows what this process counts, if the settings say where. */
  public void showMetrics() {
    settings
        .metrics()
        .ifPresent(listen -> lifecycle.own("metrics page", MetricsServer.start(metrics, listen)));
  }

  /** Keeps this file's time fresh for as long as the worker holds its lease. */
  public void showAlive(Path file, Worker worker) {
    lifecycle.own("alive file", AliveFile.of(file, worker::holdsLease));
  }

  /** Sweeps beside a worker, which looks for overlooked jobs by itself. */
  public void startSweeper() {
    startSweeper(_ -> {});
  }

  private void startSweeper(Consumer<List<JobId>> overlooked) {
    lifecycle.own(
        "sweeper",
        Sweeper.start(store, messaging.events(), clock, settings.retention(), overlooked));
  }

  /** Starts to serve the HTTP interface and this page; returns the port it listens on. */
  public int startWeb(Page page) {
    var publisher = messaging.openPublisher(store::claimable);
    startSweeper(overlooked -> remind(publisher, overlooked));
    var web =
        new WebApp(
            new WebSettings(
                settings.listen(),
                settings.hostNames(),
                settings.access(),
                settings.jobDeadline(),
                WebSettings.USUAL_PATIENCE,
                settings.model().name(),
                new AdmissionLimits(settings.maxQueued(), settings.minFreeDisk()),
                settings.webhooks(),
                page,
                Version.text()),
            new WebPorts(store, publisher, messaging.events(), metrics, traces, clock));
    lifecycle.own("web", web);
    web.start();
    return web.port();
  }

  /** Rings again for jobs that nobody took, unless earlier rings have not been heard yet. */
  private static void remind(TaskPublisher publisher, List<JobId> overlooked) {
    if (!publisher.hasUnheardRings()) {
      overlooked.forEach(publisher::ring);
    }
  }
}
