package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.config.StoreUrl;
import dev.recado.job.ClaimedJob;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Setbacks;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.testing.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobMetersTest {
  private static final WorkerId WORKER = new WorkerId("w");
  private static final JobError OVERLOADED =
      JobError.ours(ErrorCode.PROVIDER_OVERLOADED, "busy", true);

  @TempDir private Path folder;
  private final SettableClock clock = new SettableClock();
  private final JobIds ids = new JobIds(clock);
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @SuppressWarnings("NullAway.Init") // by open
  private SqliteJobStore store;

  @BeforeEach
  void open() {
    var url = "jdbc:sqlite:" + folder.resolve("jobs.db");
    store = SqliteJobStore.open(StoreUrl.parse(url), clock, _ -> {}, new StoreMeters(registry));
    store.signOn(WORKER, 8, Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void every_counter_is_there_before_its_first_event() {
    assertThat(ended("failed", "provider_auth")).isZero();
    assertThat(retries("worker_lost")).isZero();
    assertThat(retries("put_off")).isZero();
  }

  @Test
  void an_end_is_counted_with_its_code_whoever_ended_the_job() {
    var failed = claim(submit());
    store.settle(failed, new Settlement.Fail(OVERLOADED, null));
    store.cancel(Tenant.DEFAULT, submit());
    submit();
    clock.advance(Duration.ofMinutes(11));
    store.sweep(5, clock.instant());

    assertThat(registry.get("recado.jobs.accepted").counter().count()).isEqualTo(3);
    assertThat(ended("failed", "provider_overloaded")).isEqualTo(1);
    assertThat(ended("canceled", "")).isEqualTo(1);
    assertThat(ended("expired", "deadline_exceeded")).isEqualTo(1);
  }

  @Test
  void a_retry_is_counted_by_its_cause_and_a_late_result_as_fenced() {
    var job = claim(submit());
    var soon = clock.instant().plusSeconds(1);
    store.settle(job, new Settlement.Retry(soon, OVERLOADED, new Setbacks(1, 0, 0, 0)));
    store.settle(job, new Settlement.Fail(OVERLOADED, null));

    assertThat(retries("provider_overloaded")).isEqualTo(1);
    assertThat(registry.get("recado.results.fenced").counter().count()).isEqualTo(1);
    assertThat(ended("failed", "provider_overloaded")).isZero();
  }

  @Test
  void times_are_told_apart() {
    var id = submit();
    clock.advance(Duration.ofSeconds(2));
    var job = claim(id);
    clock.advance(Duration.ofSeconds(3));
    store.settle(job, new Settlement.Fail(OVERLOADED, null));

    assertThat(seconds("recado.job.queue")).isEqualTo(2);
    assertThat(seconds("recado.job.run")).isEqualTo(3);
    assertThat(seconds("recado.job.total")).isEqualTo(5);
  }

  private JobId submit() {
    var id = ids.next();
    var life = Duration.ofMinutes(10);
    store.add(new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, life, null, null));
    return id;
  }

  private ClaimedJob claim(JobId id) {
    var job = store.claim(WORKER, 1).getFirst();
    assertThat(job.id()).isEqualTo(id);
    return job;
  }

  private double ended(String outcome, String code) {
    var end = registry.get("recado.jobs.ended").tag("outcome", outcome).tag("code", code);
    return end.counter().count();
  }

  private double retries(String cause) {
    return registry.get("recado.job.retries").tag("cause", cause).counter().count();
  }

  private double seconds(String timer) {
    return registry.get(timer).timer().totalTime(TimeUnit.SECONDS);
  }
}
