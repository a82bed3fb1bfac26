package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.NewJob;
import dev.recado.job.Priority;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.Usage;
import dev.recado.job.WorkerId;
import dev.recado.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the contract's tests work with: a store, its clock, and short words for what they do. */
public interface StoreUnderTest {

  Tenant TENANT = Tenant.DEFAULT;
  Duration LEASE = Duration.ofSeconds(10);
  Duration DEADLINE = Duration.ofMinutes(10);
  int MAX_CRASHES = 5;
  WorkerId WORKER = new WorkerId("worker-a");
  WorkerId OTHER = new WorkerId("worker-b");
  JobResult ANSWER =
      new JobResult("hello", null, null, "echo", new Usage(1L, 2L, 3L, null, null), "stop");
  JobError BUSY =
      new JobError(
          ErrorCode.PROVIDER_OVERLOADED, "busy", JobError.Source.PROVIDER, 503, true, "req-1");

  JobError NONSENSE =
      new JobError(ErrorCode.PROVIDER_BAD_RESPONSE, "?", JobError.Source.PROVIDER, 200, true, null);

  /** An empty store on {@link #clock}. */
  JobStore store();

  /** The store's clock. */
  SettableClock clock();

  default NewJob newJob() {
    return newJob("{\"text\":\"hi\"}", null);
  }

  default NewJob newJob(String input, @Nullable String metadata) {
    // A real clock's ids differ by time; this one stands still, so let it tick.
    clock().advance(Duration.ofMillis(1));
    return new NewJob(
        new JobIds(clock()).next(),
        TENANT,
        "generate",
        null,
        input,
        metadata,
        DEADLINE,
        null,
        null);
  }

  /** A queued job of this priority. */
  default JobId add(Priority priority) {
    return add(priority, null);
  }

  /** A job that is not to be started before then. */
  default JobId add(Priority priority, @Nullable Instant runAt) {
    var job = newJob(priority, runAt);
    store().add(job);
    return job.id();
  }

  /** The same, not yet in the store. */
  default NewJob newJob(Priority priority, @Nullable Instant runAt) {
    return new NewJob(
        newJob().id(),
        TENANT,
        "generate",
        null,
        "{}",
        null,
        DEADLINE,
        null,
        null,
        priority,
        runAt,
        null);
  }

  /** A queued job. */
  default JobId add() {
    var job = newJob();
    store().add(job);
    return job.id();
  }

  default List<JobId> addMany(int count) {
    return IntStream.range(0, count).mapToObj(i -> add()).toList();
  }

  default void signOn(WorkerId worker) {
    signOn(worker, LEASE);
  }

  default void signOn(WorkerId worker, Duration lease) {
    store().signOn(worker, 64, lease);
  }

  default ClaimedJob claimOne(WorkerId worker) {
    return store().claim(worker, 1).getFirst();
  }

  default boolean settle(ClaimedJob job, Settlement settlement) {
    return store().settle(job, settlement);
  }

  default void crashHolding(WorkerId worker, int atMost) {
    signOn(worker);
    assertThat(store().claim(worker, atMost)).isNotEmpty();
    clock().advance(LEASE.plusMillis(1));
    store().sweep(MAX_CRASHES, clock().instant());
  }

  /** A job that has its result. */
  default JobId succeeded() {
    var id = add();
    var worker = new WorkerId("worker-of-" + id);
    signOn(worker);
    var claimed = store().claim(worker, 64);
    claimed.forEach(job -> settle(job, new Settlement.Succeed(ANSWER)));
    return id;
  }

  default Job find(JobId id) {
    return store().find(TENANT, id).orElseThrow();
  }

  default JobPage page(int limit, @Nullable JobId cursor) {
    return store().list(new JobQuery(TENANT, null, null, null, limit, cursor));
  }

  default List<JobId> ids(JobQuery query) {
    return store().list(query).jobs().stream().map(Job::id).toList();
  }
}
