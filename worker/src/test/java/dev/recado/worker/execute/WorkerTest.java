package dev.recado.worker.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.event.JobEvent;
import dev.recado.event.local.LocalJobEvents;
import dev.recado.job.ErrorCode;
import dev.recado.job.Job;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.JobState;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.queue.TaskConsumer;
import dev.recado.queue.local.LocalDoorbell;
import dev.recado.store.JobStore;
import dev.recado.store.sqlite.SqliteJobStore;
import dev.recado.sweep.Sweeper;
import dev.recado.trace.Traces;
import dev.recado.worker.model.ModelAnswer;
import dev.recado.worker.model.ModelAnswer.Remedy;
import dev.recado.worker.process.GenerateProcessor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerTest {
  private static final Duration LEASE = Duration.ofSeconds(2);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final JobError BUSY =
      new JobError(ErrorCode.PROVIDER_OVERLOADED, "busy", JobError.Source.PROVIDER, 503, true, "r");
  private static final JobError SILENCE =
      new JobError(
          ErrorCode.PROVIDER_TIMEOUT, "silent", JobError.Source.PROVIDER, null, true, null);

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private final JobIds ids = new JobIds(clock);
  private final LocalDoorbell doorbell = new LocalDoorbell();
  private final LocalJobEvents events = new LocalJobEvents();
  private SqliteJobStore store;

  /** As a web in another process has it, whose jobs are not handed over. */
  private SqliteJobStore elsewhere;

  private Sweeper sweeper;

  /** The sweeper rings nobody, so that all rings are those of the test. */
  @BeforeEach
  void open() {
    store = openStore();
    elsewhere = openStore();
    sweeper = Sweeper.start(store, events, clock, Duration.ofDays(7), _ -> {});
  }

  private SqliteJobStore openStore() {
    return SqliteJobStore.open("jdbc:sqlite:" + folder.resolve("jobs.db"), clock);
  }

  @AfterEach
  void close() {
    sweeper.close();
    elsewhere.close();
    store.close();
  }

  @Test
  void a_ring_leads_to_a_result() {
    try (var _ = start(ScriptedModel.echoing(), 4, new PatientDoorbell(doorbell))) {
      var job = addElsewhere("olá");
      doorbell.ring(job);

      var done = awaitEnd(job);

      assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(done.result())
          .isEqualTo(new JobResult("olá", null, null, "scripted", null, "stop"));
    }
  }

  @Test
  void a_job_is_found_without_any_ring() {
    try (var _ = start(ScriptedModel.echoing(), 4)) {
      awaitEnd(addElsewhere("met by the look at the start, perhaps"));

      var job = addElsewhere("silent");

      assertThat(awaitEnd(job).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void a_doorbell_that_breaks_does_not_end_the_worker() {
    var breaking = new BreakingDoorbell(doorbell);
    try (var _ = start(ScriptedModel.echoing(), 4, breaking)) {
      await().atMost(SOON).until(breaking::hasBroken);

      assertThat(awaitEnd(addElsewhere("still there")).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void many_jobs_are_each_run_once() {
    var model = ScriptedModel.echoing();
    try (var _ = start(model, 16)) {
      var jobs = IntStream.range(0, 500).mapToObj(i -> submit("text " + i)).toList();

      jobs.forEach(job -> assertThat(awaitEnd(job).state()).isEqualTo(JobState.SUCCEEDED));
    }
    assertThat(model.calls).hasValue(500);
  }

  /** They run one after the other; a worker that looked once a second would take a minute. */
  @Test
  void a_suspect_follows_the_last_one_at_once() {
    IntStream.range(0, 60).forEach(i -> add("text " + i, "generate"));
    for (var crash = 0; crash < 2; crash++) {
      var lost = new WorkerId("lost-" + crash);
      store.signOn(lost, 64, Duration.ofMinutes(1));
      assertThat(store.claim(lost, 60)).hasSize(60);
      store.leases().forEach(store::end);
      await().atMost(SOON).until(() -> store.queue(Tenant.DEFAULT).queued() == 60);
    }

    try (var _ = start(ScriptedModel.echoing(), 16)) {
      await()
          .atMost(SOON)
          .until(() ->
              Long.valueOf(60).equals(store.queue(Tenant.DEFAULT).ended().get(JobState.SUCCEEDED)));
    }
  }

  @Test
  void no_more_calls_are_open_than_there_are_slots() {
    var model = ScriptedModel.hanging();
    try (var _ = start(model, 3)) {
      var jobs = IntStream.range(0, 10).mapToObj(i -> submit("text " + i)).toList();
      await().atMost(SOON).until(() -> model.open.get() == 3);

      assertThat(store.queue(Tenant.DEFAULT).processing()).isEqualTo(3);
      model.release();
      jobs.forEach(job -> assertThat(awaitEnd(job).state()).isEqualTo(JobState.SUCCEEDED));
    }
  }

  @Test
  void a_refusal_that_may_pass_is_tried_again_until_it_has() {
    var refusedOnce = ConcurrentHashMap.<String>newKeySet();
    var model =
        ScriptedModel.answering(request ->
            refusedOnce.add(request.messages().getLast().content())
                ? new ModelAnswer.Refused(BUSY, Remedy.RETRY, null, null)
                : ScriptedModel.echo(request));
    try (var _ = start(model, 4)) {
      var done = awaitEnd(submit("again"));

      assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(done.attempts()).isEqualTo(2);
    }
  }

  @Test
  void a_busy_provider_costs_no_attempt() {
    var refusedOnce = ConcurrentHashMap.<String>newKeySet();
    var model =
        ScriptedModel.answering(request ->
            refusedOnce.add(request.messages().getLast().content())
                ? new ModelAnswer.Refused(BUSY, Remedy.WAIT, Duration.ofMillis(10), null)
                : ScriptedModel.echo(request));
    try (var _ = start(model, 4)) {
      assertThat(awaitEnd(submit("later")).attempts()).isEqualTo(1);
    }
  }

  @Test
  void a_model_that_refuses_everybody_is_left_alone_and_the_jobs_wait() {
    var away = new AtomicBoolean(true);
    var model =
        ScriptedModel.answering(request ->
            away.get()
                ? new ModelAnswer.Refused(BUSY, Remedy.RETRY, null, null)
                : ScriptedModel.echo(request));
    try (var _ = start(model, 4)) {
      var jobs = IntStream.range(0, 100).mapToObj(i -> submit("text " + i)).toList();
      // the five that show it, those under way meanwhile, and three probes
      await().atMost(SOON).until(() -> model.calls.get() >= 8);

      assertThat(model.calls).hasValueLessThan(16);
      assertThat(model.mostOfOneText()).isEqualTo(1);
      assertThat(store.queue(Tenant.DEFAULT).queued()).isGreaterThanOrEqualTo(96);
      away.set(false);
      jobs.forEach(job -> assertThat(awaitEnd(job).state()).isEqualTo(JobState.SUCCEEDED));
    }
  }

  @Test
  void the_first_word_of_the_model_that_was_away_lets_the_other_jobs_go_on() {
    var busy = new ModelAnswer.Refused(BUSY, Remedy.WAIT, null, null);
    var model = ScriptedModel.speakingAfter(Collections.nCopies(5, busy), "text");
    try (var _ = start(model, 16)) {
      var refused = IntStream.range(0, 5).mapToObj(i -> submit("text " + i)).toList();
      await().atMost(SOON).until(() -> refused.stream().allMatch(job -> find(job).error() != null));

      IntStream.range(5, 15).forEach(i -> submit("text " + i));

      await().atMost(SOON).until(() -> model.open.get() >= 10);
      model.release();
    }
  }

  @Test
  void an_answer_that_breaks_off_costs_a_try_also_when_the_model_passes_for_away() {
    var partial = new JobResult("half an ans", null, null, "scripted", null, null);

    costsATryEachTime(new ModelAnswer.Refused(BUSY, Remedy.RETRY, null, partial));
  }

  @Test
  void a_call_taken_and_never_answered_costs_a_try_also_when_the_model_passes_for_away() {
    costsATryEachTime(new ModelAnswer.Refused(SILENCE, Remedy.RETRY, null, null));
  }

  private void costsATryEachTime(ModelAnswer.Refused refused) {
    var refusedOnce = ConcurrentHashMap.<String>newKeySet();
    var model =
        ScriptedModel.answering(request ->
            refusedOnce.add(request.messages().getLast().content())
                ? refused
                : ScriptedModel.echo(request));
    try (var _ = start(model, 4)) {
      // five of them show that it is away
      var jobs = IntStream.range(0, 6).mapToObj(i -> submit("text " + i)).toList();

      jobs.forEach(job -> assertThat(awaitEnd(job).attempts()).isEqualTo(2));
    }
  }

  @Test
  void a_final_refusal_fails_the_job_with_its_error() {
    var model =
        ScriptedModel.answering(request -> new ModelAnswer.Refused(BUSY, Remedy.NONE, null, null));
    try (var _ = start(model, 4)) {
      var done = awaitEnd(submit("no"));

      assertThat(done.state()).isEqualTo(JobState.FAILED);
      assertThat(done.error()).isEqualTo(BUSY);
    }
  }

  @Test
  void a_bug_in_the_worker_ends_in_a_retry_and_never_quotes_the_text() {
    var failedOnce = new HashSet<String>();
    var model =
        ScriptedModel.answering(request -> {
          var text = request.messages().getLast().content();
          if (failedOnce.add(text)) {
            throw new StackOverflowError(text);
          }
          return ScriptedModel.echo(request);
        });
    try (var _ = start(model, 1)) {
      var job = submit("secret");
      await().atMost(SOON).until(() -> find(job).error() != null || find(job).result() != null);

      assertThat(String.valueOf(find(job).error())).doesNotContain("secret");
      assertThat(awaitEnd(job).state()).isEqualTo(JobState.SUCCEEDED);
    }
  }

  @Test
  void a_mistake_between_the_answer_and_its_record_ends_in_a_retry_at_once() {
    var refusedOnce = ConcurrentHashMap.<String>newKeySet();
    var noDuration = Duration.ofSeconds(Long.MAX_VALUE); // has no length in nanoseconds
    var model =
        ScriptedModel.answering(request ->
            refusedOnce.add(request.messages().getLast().content())
                ? new ModelAnswer.Refused(BUSY, Remedy.RETRY, noDuration, null)
                : ScriptedModel.echo(request));
    try (var worker = start(model, 1)) {
      var done = awaitEnd(submit("again"));

      assertThat(done.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(done.attempts()).isEqualTo(2);
      await().atMost(SOON).until(() -> worker.slots().free() == 1);
    }
  }

  @Test
  void a_job_whose_time_runs_out_in_the_call_expires() {
    var late = JobError.ours(ErrorCode.DEADLINE_EXCEEDED, "no time was left", true);
    var model =
        ScriptedModel.answering(request -> new ModelAnswer.Refused(late, Remedy.NONE, null, null));
    try (var _ = start(model, 4)) {
      var done = awaitEnd(submit("too slow"));

      assertThat(done.state()).isEqualTo(JobState.EXPIRED);
      assertThat(done.error()).isEqualTo(late);
    }
  }

  @Test
  void a_kind_nobody_knows_fails_and_says_so() {
    try (var _ = start(ScriptedModel.echoing(), 4)) {
      var done = awaitEnd(add("x", "juggle"));

      assertThat(done.state()).isEqualTo(JobState.FAILED);
      assertThat(done.error()).extracting(JobError::message).asString().contains("juggle");
    }
  }

  @Test
  void a_cancel_cuts_the_call_even_without_an_event() {
    var model = ScriptedModel.hanging();
    try (var _ = start(model, 4)) {
      var job = submit("stop me");
      await().atMost(SOON).until(() -> model.open.get() == 1);

      store.cancel(Tenant.DEFAULT, job);

      await().atMost(Duration.ofSeconds(1)).until(() -> model.open.get() == 0);
      assertThat(find(job).state()).isEqualTo(JobState.CANCELED);
    }
  }

  @Test
  void a_cancel_event_cuts_the_call() {
    var model = ScriptedModel.hanging();
    try (var _ = start(model, 4)) {
      var job = submit("stop me");
      await().atMost(SOON).until(() -> model.open.get() == 1);

      // the store knows of no cancel that the heartbeat could find
      events.publish(new JobEvent.TakenAway(job));

      await().atMost(SOON).until(() -> model.open.get() == 0);
    }
  }

  @Test
  void a_worker_that_stops_waits_for_the_answers_it_has_paid_for() {
    var model = ScriptedModel.hanging();
    var worker = start(model, 4);
    var job = submit("nearly done");
    await().atMost(SOON).until(() -> model.open.get() == 1);

    var closing = Thread.ofVirtual().start(worker::close);
    await().atMost(SOON).until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    model.release();

    await().atMost(SOON).until(() -> !closing.isAlive());
    assertThat(find(job).state()).isEqualTo(JobState.SUCCEEDED);
    assertThat(store.queue(Tenant.DEFAULT).workers()).isEmpty();
  }

  @Test
  void what_a_model_says_can_be_read_while_it_speaks() {
    var model = ScriptedModel.speaking("Olá", ", você");
    var heard = new ConcurrentLinkedQueue<JobEvent>();
    events.subscribe(heard::add);
    try (var _ = start(model, 4)) {
      var job = submit("Olá, você!");

      await().atMost(SOON).until(() -> news(job).equals("Olá, você"));
      assertThat(find(job).state()).isEqualTo(JobState.PROCESSING);
      await().atMost(SOON).until(() -> heard.contains(new JobEvent.OutputGrew(job, 1)));
      model.release();
      assertThat(awaitEnd(job).result())
          .isEqualTo(new JobResult("Olá, você!", null, null, "scripted", null, "stop"));
    }
  }

  private String news(JobId job) {
    return store.progress(Tenant.DEFAULT, job, 0, 0).orElseThrow().news();
  }

  private Worker start(ScriptedModel model, int slots) {
    return start(model, slots, doorbell);
  }

  private Worker start(ScriptedModel model, int slots, TaskConsumer consumer) {
    return Worker.start(
        new WorkerSettings(slots, LEASE),
        new WorkerPorts(store, consumer, events, model, Traces.OFF, clock),
        List.of(new GenerateProcessor()));
  }

  private JobId submit(String text) {
    var job = add(text, "generate");
    doorbell.ring(job);
    return job;
  }

  private JobId add(String text, String kind) {
    return add(store, text, kind);
  }

  private JobId addElsewhere(String text) {
    return add(elsewhere, text, "generate");
  }

  private JobId add(JobStore to, String text, String kind) {
    var id = ids.next();
    var input = "{\"text\":\"" + text + "\"}";
    var minutes = Duration.ofMinutes(10);
    to.add(new NewJob(id, Tenant.DEFAULT, kind, null, input, null, minutes, null, null));
    return id;
  }

  private Job find(JobId id) {
    return store.find(Tenant.DEFAULT, id).orElseThrow();
  }

  private Job awaitEnd(JobId id) {
    await()
        .atMost(SOON)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> find(id).state().isTerminal());
    return find(id);
  }
}
