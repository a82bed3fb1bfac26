package dev.recado.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.JobEvent;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.ClaimedJob;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.Progress;
import dev.recado.store.sqlite.SqliteJobStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputRelayTest {
  private static final WorkerId WORKER = new WorkerId("worker-1");
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private final LocalJobEvents events = new LocalJobEvents();
  private final Queue<JobEvent> heard = new ConcurrentLinkedQueue<>();
  private SqliteJobStore store;
  private OutputRelay relay;

  @BeforeEach
  void open() {
    store = SqliteJobStore.open(url(), clock);
    store.signOn(WORKER, 8, Duration.ofHours(1));
    events.subscribe(heard::add);
    relay = new OutputRelay(store, events);
  }

  @AfterEach
  void close() {
    relay.close();
    store.close();
  }

  private String url() {
    return "jdbc:sqlite:" + folder.resolve("jobs.db");
  }

  private ClaimedJob running() {
    var id = new JobIds(clock).next();
    store.add(
        new NewJob(
            id, Tenant.DEFAULT, "generate", null, "{}", null, Duration.ofMinutes(10), null, null));
    return store.claim(WORKER, 1).getFirst();
  }

  private Progress progress(ClaimedJob job) {
    return store.progress(Tenant.DEFAULT, job.id(), 0, 0).orElseThrow();
  }

  private void awaitText(ClaimedJob job, String text) {
    await().atMost(SOON).until(() -> progress(job).news().equals(text));
  }

  @Test
  void what_is_said_is_stored_and_then_told() {
    relay.start();
    var job = running();
    try (var text = relay.of(job)) {
      text.hear("one ");
      text.hear("two ");
      awaitText(job, "one two ");
      await().atMost(SOON).until(() -> heard.contains(new JobEvent.OutputGrew(job.id(), 1)));
      text.hear("three");
      awaitText(job, "one two three");
    }
  }

  @Test
  void an_error_of_the_jvm_is_not_the_end_of_it() {
    var thrown = new AtomicBoolean();
    events.subscribe(_ -> {
      if (thrown.compareAndSet(false, true)) {
        throw new StackOverflowError("expected by this test");
      }
    });
    relay.start();
    var job = running();
    try (var text = relay.of(job)) {
      text.hear("one ");
      await().atMost(SOON).until(thrown::get);
      text.hear("two");
      awaitText(job, "one two");
    }
  }

  @Test
  void an_answer_that_is_complete_soon_leaves_no_trace() {
    var quick = running();
    try (var text = relay.of(quick)) {
      text.hear("all at once");
    }
    var slow = running();
    relay.start();
    try (var text = relay.of(slow)) {
      text.hear("not so fast");
      awaitText(slow, "not so fast");
    }
    assertThat(progress(quick).length()).isZero();
    assertThat(heard).containsExactly(new JobEvent.OutputGrew(slow.id(), 1));
  }

  @Test
  void words_wait_their_time_only_once() {
    var text = relay.of(running());
    text.hear("first");
    assertThat(text.isReady(System.nanoTime() - LiveText.FIRST_WORD.toNanos())).isFalse();
    assertThat(text.isReady(text.ripeAt())).isTrue();
    text.fetch();
    text.hear("second");
    assertThat(text.isReady(text.ripeAt() - 1)).isTrue();
  }

  @Test
  void an_attempt_that_was_fenced_is_not_listened_to_any_more() {
    relay.start();
    var lost = running();
    try (var text = relay.of(lost)) {
      store.cancel(Tenant.DEFAULT, lost.id());
      text.hear("in vain");
      await().atMost(SOON).until(() -> isDeaf(text));
    }
    assertThat(heard).isEmpty();
  }

  private static boolean isDeaf(LiveText text) {
    text.hear(".");
    return text.fetch().isEmpty();
  }

  @Test
  void a_store_that_is_away_loses_no_word_and_holds_nobody_up() throws SQLException {
    relay.start();
    var job = running();
    try (var text = relay.of(job);
        var other = DriverManager.getConnection(url())) {
      text.hear("a");
      awaitText(job, "a");
      lock(other);
      for (var i = 0; i < 1_000; i++) {
        text.hear("b");
      }
      assertThat(progress(job).news()).isEqualTo("a");
      other.createStatement().execute("ROLLBACK");
      awaitText(job, "a" + "b".repeat(1_000));
    }
  }

  private static void lock(Connection other) throws SQLException {
    other.createStatement().execute("BEGIN IMMEDIATE");
  }

  @Test
  void what_waits_is_bounded_and_the_rest_is_left_to_the_result() {
    var job = running();
    try (var text = relay.of(job)) {
      for (var i = 0; i < 1_000; i++) {
        text.hear("x".repeat(1_000));
      }
      assertThat(text.fetch()).isEmpty();
    }
  }
}
