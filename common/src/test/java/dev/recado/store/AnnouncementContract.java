package dev.recado.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.IdempotencyKey;
import dev.recado.job.JobId;
import dev.recado.job.NewJob;
import dev.recado.job.Priority;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is told of the jobs that a process accepts, before they are durable. */
public interface AnnouncementContract extends HandoverContract {

  /** What is announced from now on. */
  default List<JobId> announced() {
    var heard = new ArrayList<JobId>();
    store().announceArrivalsTo(job -> heard.add(job.id()));
    return heard;
  }

  @Test
  default void a_job_that_nobody_is_given_is_announced() {
    var announced = announced();

    var first = add();
    var second = add();

    assertThat(announced).containsExactly(first, second);
  }

  @Test
  default void a_job_that_is_in_its_workers_hands_is_not_announced() {
    hands(1);
    var announced = announced();

    add();
    var waiting = add();

    assertThat(announced).containsExactly(waiting);
  }

  @Test
  default void a_job_of_another_priority_is_announced_and_one_for_later_is_not() {
    var announced = announced();

    var urgent = add(Priority.HIGH);
    add(Priority.NORMAL, clock().instant().plusSeconds(60));

    assertThat(announced).containsExactly(urgent);
  }

  @Test
  default void a_request_that_comes_again_announces_nothing() {
    var announced = announced();
    var key = new IdempotencyKey("k", "fingerprint");
    var job = newJob();

    store().addOnce(job, key);
    store().addOnce(newJob(), key);

    assertThat(announced).containsExactly(job.id());
  }

  @Test
  default void a_job_that_is_announced_counts_as_one_that_can_be_claimed() {
    var counts = new ArrayList<Integer>();
    store().announceArrivalsTo(_ -> counts.add(store().claimable(10)));

    add();
    add();

    assertThat(counts).containsExactly(1, 2);
    assertThat(store().claimable(10)).isEqualTo(2);
  }

  @Test
  default void nobody_hears_of_jobs_who_has_left() {
    var announced = announced();
    var others = new ArrayList<NewJob>();
    store().announceArrivalsTo(others::add);

    add();

    assertThat(announced).isEmpty();
    assertThat(others).hasSize(1);
  }
}
