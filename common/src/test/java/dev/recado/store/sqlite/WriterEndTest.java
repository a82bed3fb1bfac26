package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recado.config.StoreUrl;
import dev.recado.job.ClaimedJob;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.Claimant;
import dev.recado.store.StoreDamagedException;
import dev.recado.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A mistake that the writer cannot take back: a process without a writer has to know. */
@Timeout(60)
class WriterEndTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path folder;
  private final CompletableFuture<StoreUnavailableException> end = new CompletableFuture<>();
  private SqliteJobStore store;

  @BeforeEach
  void open() {
    store = open(end);
  }

  private SqliteJobStore open(CompletableFuture<StoreUnavailableException> heard) {
    var url = "jdbc:sqlite:" + folder.resolve("recado.db");
    return SqliteJobStore.open(StoreUrl.parse(url), CLOCK, heard::complete, StoreMeters.unseen());
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Says that it has room, and fails when its place is not needed: after the commit. */
  private static final class Broken implements Claimant {
    @Override
    public WorkerId worker() {
      return new WorkerId("never-signed-on");
    }

    @Override
    public int reserve(int atMost) {
      return 1;
    }

    @Override
    public void begin(List<ClaimedJob> jobs) {
      throw new LinkageError("canary");
    }

    @Override
    public void release(int places) {
      throw new LinkageError("canary");
    }
  }

  @Test
  void is_told_of_and_answers_everybody() {
    store.handArrivalsTo(new Broken());

    assertThatThrownBy(() -> store.add(job())).isInstanceOf(StoreUnavailableException.class);

    assertThat(end)
        .succeedsWithin(Duration.ofSeconds(10))
        .isNotInstanceOf(StoreDamagedException.class)
        .satisfies(failure -> assertThat(failure).hasCauseInstanceOf(LinkageError.class));
    assertThatThrownBy(() -> store.add(job())).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void leaves_what_is_durable_as_it_is() {
    store.handArrivalsTo(new Broken());
    var job = job();
    assertThatThrownBy(() -> store.add(job)).isInstanceOf(StoreUnavailableException.class);

    try (var again = open(new CompletableFuture<>())) {
      assertThat(again.find(Tenant.DEFAULT, job.id())).isPresent();
      assertThat(again.queue(Tenant.DEFAULT).queued()).isEqualTo(1);
    }
  }

  @Test
  void an_orderly_end_is_none() {
    store.add(job());

    store.close();

    assertThat(end).isNotDone();
  }

  private static NewJob job() {
    var id = new JobIds(CLOCK).next();
    var time = Duration.ofMinutes(10);
    return new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, time, null, null);
  }
}
