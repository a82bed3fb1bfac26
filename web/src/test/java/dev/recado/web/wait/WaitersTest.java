package dev.recado.web.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.Job;
import dev.recado.job.JobIds;
import dev.recado.store.sqlite.SqliteJobStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitersTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path folder;
  private final JobIds ids = new JobIds(CLOCK);
  private SqliteJobStore store;
  private Waiters waiters;

  @BeforeEach
  void open() {
    store = SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("recado.db"), CLOCK);
    waiters = new Waiters(store, new Sleepers(new LocalJobEvents()));
  }

  @AfterEach
  void close() {
    waiters.close();
    store.close();
  }

  private Optional<Job> awaitNext() {
    return waiters.await(ids.next(), Duration.ofSeconds(40)).join();
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
