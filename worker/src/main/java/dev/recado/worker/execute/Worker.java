package dev.recado.worker.execute;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.job.WorkerId;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import dev.recado.worker.process.TextProcessor;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** A running worker. Closing it finishes what it holds, or hands it back. */
public final class Worker implements AutoCloseable {
  private static final Log log = Log.of(Worker.class);

  /** Running calls are paid for: so long a stopping worker waits for their answers. */
  private static final Duration DRAIN = Duration.ofSeconds(15);

  /** And so long for those it then cuts to be handed back. */
  private static final Duration HAND_BACK = Duration.ofSeconds(3);

  private final Slots slots;
  private final InFlight inFlight = new InFlight();
  private final Recorder recorder;
  private final OutputRelay outputs;
  private final Heartbeat heartbeat;
  private final Dispatcher dispatcher;
  private final Reception reception;
  private final JobEvents.Subscription takenAway;

  private Worker(WorkerSettings settings, WorkerPorts ports, List<TextProcessor> processors) {
    var store = ports.store();
    var byKind = processors.stream().collect(Collectors.toMap(TextProcessor::kind, p -> p));
    var gate = new ModelGate(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble());
    slots = new Slots(settings.concurrency());
    outputs = new OutputRelay(store, ports.events());
    recorder = new Recorder(store, ports.events());
    heartbeat = new Heartbeat(store, inFlight, Worker::newName, slots.size(), settings.lease());
    var runner =
        new JobRunner(byKind, ports.model(), gate, outputs, RetryPolicy.STANDARD, ports.clock());
    var traces = new JobTraces(ports.traces());
    var execution =
        new Execution(slots, inFlight, runner, recorder, traces, ports.consumer()::wake);
    dispatcher =
        new Dispatcher(
            store,
            ports.consumer(),
            heartbeat::worker,
            ports.model().defaultModel(),
            slots,
            gate,
            execution);
    reception = new Reception(store, heartbeat::worker, slots, gate, execution);
    takenAway = ports.events().subscribe(this::hear);
  }

  /** Starts a worker for these kinds of jobs. */
  public static Worker start(
      WorkerSettings settings, WorkerPorts ports, List<TextProcessor> processors) {
    var worker = new Worker(settings, ports, processors);
    worker.heartbeat.start();
    worker.outputs.start();
    worker.dispatcher.start();
    worker.reception.open();
    log.tell(
        LogEvent.WORKER_STARTED,
        worker.heartbeat.worker(),
        settings.concurrency(),
        ports.model().describe());
    return worker;
  }

  /** Whether it lives as far as the others can tell: its last renewal is within its lease. */
  public boolean holdsLease() {
    return heartbeat.holdsLease();
  }

  Slots slots() {
    return slots;
  }

  // The quick way to learn of it; the heartbeat is the sure one.
  private void hear(JobEvent event) {
    if (event instanceof JobEvent.TakenAway(var job)) {
      inFlight.stop(job, InFlight.Stop.TAKEN_AWAY);
    }
  }

  private static WorkerId newName() {
    var random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 8);
    return new WorkerId("%s-%d-%s".formatted(host(), ProcessHandle.current().pid(), random));
  }

  private static String host() {
    var name = System.getenv("HOSTNAME");
    return name == null || name.isBlank() ? "worker" : name;
  }

  @Override
  public void close() {
    reception.close();
    dispatcher.close();
    try {
      drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    takenAway.close();
    outputs.close();
    heartbeat.close();
  }

  private void drain() throws InterruptedException {
    var running = slots.size() - slots.free();
    if (running > 0) {
      log.tell(LogEvent.WORKER_DRAINING, running, DRAIN.toSeconds());
    }
    if (slots.awaitAll(DRAIN)) {
      return;
    }
    recorder.giveUp();
    inFlight.stopAll(InFlight.Stop.HAND_BACK);
    slots.awaitAll(HAND_BACK);
  }
}
