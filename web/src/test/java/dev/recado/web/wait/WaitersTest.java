package dev.recado.web.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.JobEvent;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.Job;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.store.JobStore;
import dev.recado.store.sqlite.SqliteJobStore;
import dev.recado.testing.Allocation;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitersTest {
  private static final Clock CLOCK = Clock.systemUTC();

  private static final int MOST = 1_000;

  @TempDir Path folder;
  private final JobIds ids = new JobIds(CLOCK);
  private SqliteJobStore store;
  private Waiters waiters;

  @BeforeEach
  void open() {
    store = SqliteJobStore.open(url(), CLOCK);
    waiters = new Waiters(store, new Sleepers(new LocalJobEvents()), MOST);
  }

  @AfterEach
  void close() {
    waiters.close();
    store.close();
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("recado.db");
  }

  private static boolean hangsUpNever() {
    return false;
  }

  private Optional<Job> awaitNext() {
    return waiters.await(ids.next(), Duration.ofSeconds(40), WaitersTest::hangsUpNever).join();
  }

  @Test
  void a_job_that_cannot_be_read_keeps_nobody_else_waiting() throws Exception {
    var broken = IntStream.range(0, 20).mapToObj(_ -> add()).toList();
    broken.forEach(job -> store.cancel(Tenant.DEFAULT, job));
    spoil();
    var inVain =
        broken.stream()
            .map(job -> waiters.await(job, Duration.ofSeconds(40), WaitersTest::hangsUpNever))
            .toList();
    var good = add();
    var end = waiters.await(good, Duration.ofSeconds(40), WaitersTest::hangsUpNever);

    store.cancel(Tenant.DEFAULT, good); // nobody tells

    assertThat(end.get(20, TimeUnit.SECONDS)).isPresent();
    assertThat(inVain).noneMatch(Future::isDone);
  }

  private JobId add() {
    return add("{}");
  }

  private JobId add(String input) {
    var id = ids.next();
    var aMinute = Duration.ofMinutes(1);
    store.add(new NewJob(id, Tenant.DEFAULT, "generate", null, input, null, aMinute, null, null));
    return id;
  }

  /** Of all jobs there are. */
  private void spoil() throws SQLException {
    try (var connection = DriverManager.getConnection(url());
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO job_outputs (seq, result) SELECT seq, '{' FROM jobs");
    }
  }

  @Test
  void whoever_comes_when_enough_wait_is_answered_at_once() {
    var job = add();
    var waits =
        IntStream.range(0, MOST)
            .mapToObj(_ -> waiters.await(job, Duration.ofMinutes(1), WaitersTest::hangsUpNever))
            .toList();

    assertThat(waiters.await(job, Duration.ofMinutes(1), WaitersTest::hangsUpNever))
        .isCompletedWithValue(Optional.empty());
    assertThat(waits).noneMatch(Future::isDone);
  }

  @Test
  void whoever_has_hung_up_leaves_and_nobody_else_does() throws Exception {
    var job = add();
    var gone = waiters.await(job, Duration.ofMinutes(1), () -> true);
    var here = waiters.await(job, Duration.ofMinutes(1), WaitersTest::hangsUpNever);

    assertThat(gone.get(20, TimeUnit.SECONDS)).isEmpty();

    assertThat(here).isNotDone();
    assertThat(waiters.count()).isEqualTo(1);
  }

  /** What its connection brings after the answer is the next request. */
  @Test
  void nobody_is_answered_while_his_connection_is_looked_at() throws Exception {
    var events = new LocalJobEvents();
    var look = new CountDownLatch(1);
    var lookIsOver = new CountDownLatch(1);
    try (var others = new Waiters(store, new Sleepers(events), MOST)) {
      var job = add();
      var end =
          others.await(
              job,
              Duration.ofSeconds(40),
              () -> {
                look.countDown();
                pass(lookIsOver);
                return false;
              });
      look.await();
      store.cancel(Tenant.DEFAULT, job);
      events.publish(new JobEvent.StateChanged(job, JobState.CANCELED));
      await().during(Duration.ofMillis(500)).until(() -> !end.isDone());

      lookIsOver.countDown();

      assertThat(end.get(20, TimeUnit.SECONDS)).isPresent();
    }
  }

  private static void pass(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_large_job_is_not_read_before_it_has_ended_however_many_wait() {
    var large = add("{\"text\":\"" + "x".repeat(500_000) + "\"}");

    var bytes =
        Allocation.during(() ->
            IntStream.range(0, 100)
                .mapToObj(
                    _ -> waiters.await(large, Duration.ofSeconds(3), WaitersTest::hangsUpNever))
                .toList()
                .forEach(CompletableFuture::join));

    assertThat(bytes).isLessThan(20_000_000);
  }

  @Test
  void a_round_that_takes_long_is_not_overtaken_by_the_next() throws Exception {
    var slow = new SlowStore(store);
    try (var others = new Waiters(slow.port(), new Sleepers(new LocalJobEvents()), MOST)) {
      var job = add();
      var end = others.await(job, Duration.ofSeconds(40), WaitersTest::hangsUpNever);
      slow.begin();
      await().until(() -> slow.reads() == 1);
      await().during(Duration.ofMillis(2_500)).until(() -> slow.reads() == 1);

      store.cancel(Tenant.DEFAULT, job); // nobody tells
      slow.end();

      assertThat(end.get(20, TimeUnit.SECONDS)).isPresent();
    }
  }

  @Test
  void an_end_that_is_foretold_is_looked_for_until_it_is_there() throws Exception {
    var events = new LocalJobEvents();
    var ahead = new StoreThatEnds(store, 8);
    try (var others = new Waiters(ahead.port(), new Sleepers(events), MOST)) {
      var job = add();
      var end = others.await(job, Duration.ofSeconds(40), WaitersTest::hangsUpNever);

      events.publish(new JobEvent.EndForetold(job));

      // The looks of once a second would take six.
      assertThat(end.get(4, TimeUnit.SECONDS)).isPresent();
    }
  }

  /** A store whose job ends while somebody looks at its state for the nth time. */
  private record StoreThatEnds(JobStore store, AtomicInteger looksBefore) {
    StoreThatEnds(JobStore store, int looksBefore) {
      this(store, new AtomicInteger(looksBefore));
    }

    JobStore port() {
      return (JobStore)
          Proxy.newProxyInstance(
              JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, this::call);
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Exception {
      if (method.getName().equals("state") && looksBefore.decrementAndGet() == 0) {
        store.cancel(Tenant.DEFAULT, (JobId) arguments[1]);
      }
      return method.invoke(store, arguments);
    }
  }

  /** A store whose reads stand still for a while. */
  private record SlowStore(
      JobStore store, AtomicInteger read, AtomicReference<CountDownLatch> gate) {
    SlowStore(JobStore store) {
      this(store, new AtomicInteger(), new AtomicReference<>(new CountDownLatch(0)));
    }

    JobStore port() {
      return (JobStore)
          Proxy.newProxyInstance(
              JobStore.class.getClassLoader(), new Class<?>[] {JobStore.class}, this::call);
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Exception {
      if (gate.get().getCount() > 0) {
        read.incrementAndGet();
        gate.get().await();
      }
      return method.invoke(store, arguments);
    }

    void begin() {
      gate.set(new CountDownLatch(1));
    }

    int reads() {
      return read.get();
    }

    void end() {
      gate.get().countDown();
    }
  }

  @Test
  void whoever_comes_after_the_close_is_sent_away_and_forgotten() {
    waiters.close();

    assertThat(awaitNext()).isEmpty();
    assertThat(waiters.count()).isZero();
  }

  @RepeatedTest(50)
  void whoever_comes_during_the_close_is_sent_away_and_forgotten() throws Exception {
    var begun = new CountDownLatch(4);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var waits =
          IntStream.range(0, 4)
              .mapToObj(_ ->
                  clients.submit(() -> {
                    begun.countDown();
                    return awaitNext();
                  }))
              .toList();
      begun.await();

      waiters.close();

      for (var wait : waits) {
        assertThat(wait.get(20, TimeUnit.SECONDS)).isEmpty();
      }
    }
    assertThat(waiters.count()).isZero();
  }
}
