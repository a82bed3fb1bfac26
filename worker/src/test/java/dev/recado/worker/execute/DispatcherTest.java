package dev.recado.worker.execute;

import static dev.recado.job.JobState.QUEUED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Setbacks;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.queue.TaskConsumer;
import dev.recado.queue.local.LocalDoorbell;
import dev.recado.store.sqlite.SqliteJobStore;
import dev.recado.trace.Traces;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rings. */
class DispatcherTest {
  private static final WorkerId WORKER = new WorkerId("w1");

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private final LocalDoorbell doorbell = new LocalDoorbell();
  private final Slots slots = new Slots(1);

  @Test
  void a_ring_that_a_worker_hears_when_its_last_slot_is_gone_is_acknowledged_with_its_next_claim()
      throws InterruptedException {
    try (var store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("jobs.db"), clock)) {
      store.signOn(WORKER, 1, Duration.ofMinutes(1));
      var consumer = new Filling(doorbell, slots);
      try (var dispatcher = dispatcher(store, consumer)) {
        doorbell.ring(new JobIds(clock).next());
        dispatcher.start();

        assertThat(consumer.hasComeBack.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(consumer.wereLeftOver()).isFalse();
      }
    }
  }

  @Test
  void while_no_model_answers_jobs_are_left_alone_whose_model_is_not_to_be_asked_now() {
    var now = new AtomicLong();
    var gate = new ModelGate(now::get, () -> 0);
    fail(gate, "that nobody asks for any more", null);
    now.addAndGet(Duration.ofMinutes(2).toNanos());
    fail(gate, "that has just gone", null);
    try (var store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("jobs.db"), clock)) {
      store.signOn(WORKER, 1, Duration.ofMinutes(1));
      IntStream.range(0, 10).forEach(_ -> store.add(jobFor("that has just gone")));

      try (var dispatcher = dispatcher(store, doorbell, gate)) {
        dispatcher.start();
        await().until(() -> gate.claiming() instanceof ModelGate.Claiming.Others);
      }

      assertThat(store.claimable(10)).isEqualTo(10);
    }
  }

  /** Whether somebody still asks for it or not, and however quiet it was before. */
  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void a_model_that_is_away_stops_no_other(int jobsOfTheOneThatIsAway) {
    var gate = new ModelGate(System::nanoTime, () -> 0);
    fail(gate, "gone", Duration.ofHours(1));

    awaitBegun(gate, jobsFor("gone", jobsOfTheOneThatIsAway), jobsFor("never asked", 3));
  }

  /** Their probes come due again and again, and each finds no job. */
  @Test
  void models_that_nobody_asks_for_any_more_stop_no_other() {
    var now = new AtomicLong();
    var gate = new ModelGate(now::get, () -> 0);
    IntStream.range(0, 100).forEach(i -> fail(gate, "mistyped " + i, null));
    now.addAndGet(Duration.ofMinutes(2).toNanos());

    awaitBegun(gate, List.of(), jobsFor("never asked", 1));
  }

  @Test
  void a_probe_that_is_due_soon_keeps_no_other_waiting() {
    var gate = new ModelGate(System::nanoTime, () -> 0);
    fail(gate, "mistyped", null);

    awaitBegun(gate, List.of(), jobsFor("never asked", 1));
  }

  /** Starts a dispatcher with all of these in its store, and waits for those of the second list. */
  private void awaitBegun(ModelGate gate, List<NewJob> ahead, List<NewJob> others) {
    try (var store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("jobs.db"), clock)) {
      store.signOn(WORKER, 1, Duration.ofMinutes(1));
      ahead.forEach(store::add);
      others.forEach(store::add);

      try (var dispatcher = dispatcher(store, doorbell, gate)) {
        dispatcher.start();
        await().until(() -> others.stream().allMatch(job -> hasBegun(store, job)));
      }
    }
  }

  private static boolean hasBegun(SqliteJobStore store, NewJob job) {
    return store.state(Tenant.DEFAULT, job.id()).filter(QUEUED::equals).isEmpty();
  }

  private static void fail(ModelGate gate, String model, @Nullable Duration retryAfter) {
    for (var i = 0; i < 5; i++) {
      var go = (Pass.Go) gate.enter(model, Setbacks.NONE);
      gate.report(go, new CallOutcome.Failed("provider_overloaded", retryAfter, false));
    }
  }

  private List<NewJob> jobsFor(String model, int count) {
    return Stream.generate(() -> jobFor(model)).limit(count).toList();
  }

  private NewJob jobFor(String model) {
    var id = new JobIds(clock).next();
    var time = Duration.ofMinutes(10);
    return new NewJob(id, Tenant.DEFAULT, "generate", model, "{}", null, time, null, null);
  }

  private Dispatcher dispatcher(SqliteJobStore store, TaskConsumer consumer) {
    return dispatcher(store, consumer, new ModelGate(System::nanoTime, () -> 0.5));
  }

  private Dispatcher dispatcher(SqliteJobStore store, TaskConsumer consumer, ModelGate gate) {
    var events = new LocalJobEvents();
    var runner =
        new JobRunner(
            Map.of(),
            ScriptedModel.echoing(),
            gate,
            new OutputRelay(store, events),
            RetryPolicy.STANDARD,
            clock);
    var execution =
        new Execution(
            slots,
            new InFlight(),
            runner,
            new Recorder(store, events),
            new JobTraces(Traces.OFF),
            () -> {});
    return new Dispatcher(store, consumer, () -> WORKER, "m", slots, gate, execution);
  }

  /** Loses the last slot to a job that is handed over, just as a ring is heard. */
  private static final class Filling extends PassingDoorbell {
    private final LocalDoorbell doorbell;
    private final Slots slots;
    private final CountDownLatch hasComeBack = new CountDownLatch(2);
    private boolean leftOver;
    private int heard;

    Filling(LocalDoorbell doorbell, Slots slots) {
      super(doorbell);
      this.doorbell = doorbell;
      this.slots = slots;
    }

    @Override
    public Rings await(Duration atMost) throws InterruptedException {
      return switch (++heard) {
        case 1 -> fillAndHear(atMost);
        case 2 -> hear(Duration.ZERO);
        default -> stopToHear(atMost);
      };
    }

    private Rings hear(Duration atMost) throws InterruptedException {
      hasComeBack.countDown();
      return doorbell.await(atMost);
    }

    /** By now it has claimed; what is not acknowledged comes back. */
    private Rings stopToHear(Duration atMost) throws InterruptedException {
      doorbell.pause();
      leftOver = doorbell.hasUnheardRings();
      return hear(atMost);
    }

    private Rings fillAndHear(Duration atMost) throws InterruptedException {
      var rings = doorbell.await(atMost);
      assertThat(slots.take(1)).isEqualTo(1);
      var dispatcher = Thread.currentThread();
      Thread.startVirtualThread(() -> {
        Awaitility.await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> dispatcher.getState() == Thread.State.TIMED_WAITING);
        slots.giveBack();
      });
      return rings;
    }

    boolean wereLeftOver() {
      return leftOver;
    }
  }
}
