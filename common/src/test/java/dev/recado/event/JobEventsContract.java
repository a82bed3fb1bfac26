package dev.recado.event;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.recado.event.JobEvent.OutputGrew;
import dev.recado.event.JobEvent.StateChanged;
import dev.recado.event.JobEvent.TakenAway;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.JobState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every event bus must do. Events are heard once, in the order of their publisher. */
@Timeout(60)
public interface JobEventsContract {
  /** Long enough for any machine, short enough to fail a test. */
  Duration LONG = Duration.ofSeconds(20);

  /** The bus as one process sees it. */
  JobEvents here();

  /** The same bus as another process sees it, or the same one where there is no other. */
  JobEvents elsewhere();

  /** Some job. */
  default JobId aJob() {
    return new JobIds(Clock.systemUTC()).next();
  }

  @Test
  default void everybody_hears_an_event_once() {
    var own = listen(here());
    var others = listen(elsewhere());
    var events =
        List.of(
            new StateChanged(aJob(), JobState.PROCESSING),
            new OutputGrew(aJob(), 3),
            new TakenAway(aJob()),
            new StateChanged(aJob(), JobState.SUCCEEDED));

    events.forEach(here()::publish);

    await().atMost(LONG).until(() -> List.copyOf(own).equals(events));
    await().atMost(LONG).until(() -> List.copyOf(others).equals(events));
  }

  @Test
  default void who_foretells_does_not_hear_it_itself() {
    var own = listen(here());
    var after = new TakenAway(aJob());

    here().foretellEnd(aJob());
    here().publish(after);

    await().atMost(LONG).until(() -> List.copyOf(own).equals(List.of(after)));
  }

  @Test
  default void events_keep_the_order_of_their_publisher() {
    var heard = listen(elsewhere());
    var events =
        IntStream.range(0, 2_000)
            .<JobEvent>mapToObj(i -> new StateChanged(aJob(), JobState.PROCESSING))
            .toList();

    events.forEach(here()::publish);

    await().atMost(LONG).until(() -> List.copyOf(heard).equals(events));
  }

  @Test
  default void a_listener_that_throws_hurts_no_other() {
    elsewhere()
        .subscribe(event -> {
          throw new IllegalStateException("a listener that fails");
        });
    var heard = listen(elsewhere());
    var first = new TakenAway(aJob());
    var second = new TakenAway(aJob());

    here().publish(first);
    here().publish(second);

    await().atMost(LONG).until(() -> List.copyOf(heard).equals(List.of(first, second)));
  }

  @Test
  default void an_ended_subscription_hears_nothing() {
    Queue<JobEvent> former = new ConcurrentLinkedQueue<>();
    elsewhere().subscribe(former::add).close();
    var heard = listen(elsewhere());

    here().publish(new TakenAway(aJob()));

    await().atMost(LONG).until(() -> heard.size() == 1 && former.isEmpty());
  }

  @Test
  default void publishing_and_closing_after_the_end_do_nothing() {
    here().close();

    assertThatCode(
            () -> {
              here().publish(new TakenAway(aJob()));
              here().close();
            })
        .doesNotThrowAnyException();
  }

  /** What a new listener hears from now on. */
  default Queue<JobEvent> listen(JobEvents bus) {
    Queue<JobEvent> heard = new ConcurrentLinkedQueue<>();
    bus.subscribe(heard::add);
    return heard;
  }
}
