package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.ClaimedJob;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Priority;
import dev.recado.job.Settlement;
import dev.recado.job.WorkerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How the jobs that a process accepts are given to its own worker. */
public interface HandoverContract extends StoreUnderTest {

  /** A worker with so many places, which never ends a job. */
  final class Hands implements Claimant {
    private final WorkerId name;
    private final List<ClaimedJob> begun = new ArrayList<>();
    private int free;

    Hands(WorkerId name, int places) {
      this.name = name;
      this.free = places;
    }

    @Override
    public WorkerId worker() {
      return name;
    }

    @Override
    public synchronized int reserve(int atMost) {
      var reserved = Math.min(atMost, free);
      free -= reserved;
      return reserved;
    }

    @Override
    public synchronized void begin(List<ClaimedJob> jobs) {
      begun.addAll(jobs);
    }

    @Override
    public synchronized void release(int places) {
      free += places;
    }

    synchronized int free() {
      return free;
    }

    synchronized List<JobId> begun() {
      return begun.stream().map(ClaimedJob::id).toList();
    }
  }

  /** A worker with so many places, which is given what comes in. */
  default Hands hands(int places) {
    signOn(WORKER, Duration.ofHours(1));
    var hands = new Hands(WORKER, places);
    store().handArrivalsTo(hands);
    return hands;
  }

  @Test
  default void a_job_is_in_its_workers_hands_when_it_has_been_accepted() {
    var hands = hands(2);

    var job = add();

    assertThat(hands.begun()).containsExactly(job);
    assertThat(hands.free()).isEqualTo(1);
    assertThat(find(job).state()).isEqualTo(JobState.PROCESSING);
    assertThat(settle(hands.begun.getFirst(), new Settlement.Succeed(ANSWER))).isTrue();
  }

  @Test
  default void a_worker_without_a_free_place_is_given_nothing() {
    var hands = hands(1);
    var first = add();

    var second = add();

    assertThat(hands.begun()).containsExactly(first);
    assertThat(find(second).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  default void a_job_that_has_waited_goes_first() {
    var waiting = add();
    var hands = hands(1);

    var arriving = add();

    assertThat(hands.begun()).containsExactly(waiting);
    assertThat(find(arriving).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  default void places_for_which_there_is_no_job_are_given_back() {
    var hands = hands(3);
    store().operations().pause();

    var job = add();

    assertThat(hands.begun()).isEmpty();
    assertThat(hands.free()).isEqualTo(3);
    assertThat(find(job).state()).isEqualTo(JobState.QUEUED);
  }

  @Test
  default void a_worker_whose_lease_has_lapsed_is_given_nothing() {
    var hands = hands(1);
    clock().advance(Duration.ofHours(2));

    add();

    assertThat(hands.begun()).isEmpty();
    assertThat(hands.free()).isEqualTo(1);
  }

  @Test
  default void a_job_for_later_or_of_another_priority_waits_in_the_line() {
    var hands = hands(3);

    add(Priority.LOW);
    add(Priority.NORMAL, clock().instant().plusSeconds(60));

    assertThat(hands.begun()).isEmpty();
    assertThat(hands.free()).isEqualTo(3);
  }

  @Test
  default void whoever_has_left_is_given_nothing_more() {
    var hands = hands(1);
    store().handArrivalsTo(Claimant.NOBODY);

    add();

    assertThat(hands.begun()).isEmpty();
  }
}
