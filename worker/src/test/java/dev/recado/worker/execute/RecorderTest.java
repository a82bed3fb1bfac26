package dev.recado.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvents;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.JobStore;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.sqlite.SqliteJobStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RecorderTest {
  private static final WorkerId WORKER = new WorkerId("w");
  private static final Settlement SUCCESS =
      new Settlement.Succeed(new JobResult("ok", null, null, "m", null, "stop"));

  @TempDir Path folder;
  private final Queue<RuntimeException> failures = new ArrayDeque<>();
  private SqliteJobStore store;

  @BeforeEach
  void open() {
    var clock = Clock.systemUTC();
    store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("jobs.db"), clock);
    store.signOn(WORKER, 1, Duration.ofMinutes(1));
    var id = new JobIds(clock).next();
    var life = Duration.ofMinutes(1);
    store.add(new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, life, null, null));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_store_that_is_away_is_tried_until_it_is_back() throws InterruptedException {
    failures.addAll(
        List.of(new StoreUnavailableException("away"), new StoreUnavailableException("away")));

    var job = record();

    assertThat(store.find(Tenant.DEFAULT, job).orElseThrow().state()).isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void an_outcome_that_cannot_be_stored_by_a_mistake_fails_its_job() throws InterruptedException {
    failures.addAll(List.of(mistake(), mistake(), mistake()));

    var job = store.find(Tenant.DEFAULT, record()).orElseThrow();

    assertThat(job.state()).isEqualTo(JobState.FAILED);
    assertThat(job.error()).extracting(JobError::code).isEqualTo(ErrorCode.WORKER_LOST);
  }

  @Test
  void an_answer_that_was_paid_for_is_not_thrown_away_for_one_mistake() throws Exception {
    failures.add(mistake());

    assertThat(store.find(Tenant.DEFAULT, record()).orElseThrow().state())
        .isEqualTo(JobState.SUCCEEDED);
  }

  @Test
  void an_end_is_foretold_before_it_is_stored_and_another_try_is_not() throws Exception {
    var job = store.claim(WORKER, 1).getFirst();
    var events = new StatesAtForetelling();
    var recorder = new Recorder(store, events);

    recorder.record(job, new Settlement.HandBack(job.setbacks()));
    var again = store.claim(WORKER, 1).getFirst();
    recorder.record(again, SUCCESS);

    assertThat(events.states).containsExactly(JobState.PROCESSING);
    assertThat(store.state(Tenant.DEFAULT, job.id())).contains(JobState.SUCCEEDED);
  }

  /** A bus that notes what the store says of a job when its news is foretold. */
  private final class StatesAtForetelling implements JobEvents {
    private final List<JobState> states = new ArrayList<>();

    @Override
    public void foretellEnd(JobId job) {
      states.add(store.state(Tenant.DEFAULT, job).orElseThrow());
    }

    @Override
    public void publish(JobEvent event) {}

    @Override
    public Subscription subscribe(Consumer<JobEvent> listener) {
      return () -> {};
    }

    @Override
    public void close() {}
  }

  private static RuntimeException mistake() {
    return new IllegalStateException("mistake");
  }

  private JobId record() throws InterruptedException {
    var job = store.claim(WORKER, 1).getFirst();
    new Recorder(failing(), new LocalJobEvents()).record(job, SUCCESS);
    return job.id();
  }

  /** The store, but for the failures that come first at each settle. */
  private JobStore failing() {
    return (JobStore)
        Proxy.newProxyInstance(
            JobStore.class.getClassLoader(),
            new Class<?>[] {JobStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("settle") && !failures.isEmpty()) {
                throw failures.remove();
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
