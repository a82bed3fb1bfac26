package dev.recado.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JobStateTest {

  @Test
  void a_terminal_state_has_no_successor() {
    for (var state :
        EnumSet.of(JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELED, JobState.EXPIRED)) {
      assertThat(state.isTerminal()).isTrue();
      assertThat(state.successors()).isEmpty();
    }
  }

  @Test
  void a_live_state_can_always_end() {
    for (var state : EnumSet.of(JobState.QUEUED, JobState.PROCESSING)) {
      assertThat(state.isTerminal()).isFalse();
      assertThat(state.canBecome(JobState.CANCELED)).isTrue();
      assertThat(state.canBecome(JobState.EXPIRED)).isTrue();
    }
  }

  @Test
  void a_job_cannot_succeed_without_being_claimed() {
    assertThat(JobState.QUEUED.canBecome(JobState.SUCCEEDED)).isFalse();
    assertThat(JobState.QUEUED.canBecome(JobState.FAILED)).isFalse();
  }

  @Test
  void every_state_is_read_back_from_its_wire_name() {
    for (var state : JobState.values()) {
      assertThat(JobState.fromWireName(state.wireName())).contains(state);
    }
    assertThat(JobState.fromWireName("QUEUED")).isEmpty();
  }

  @Test
  void an_id_is_a_lower_case_uuid_of_version_7_that_knows_its_time() {
    var time = Instant.parse("2026-11-21T12:00:00.123Z");
    var ids = new JobIds(Clock.fixed(time, ZoneOffset.UTC), new Random(1));
    var seen = new HashSet<JobId>();

    for (var i = 0; i < 10_000; i++) {
      var id = ids.next();
      assertThat(JobId.parse(id.value())).contains(id);
      assertThat(id.createdAt()).isEqualTo(time);
      assertThat(id).isGreaterThanOrEqualTo(JobId.earliestAt(time));
      assertThat(id).isLessThan(JobId.earliestAt(time.plusMillis(1)));
      seen.add(id);
    }

    assertThat(seen).hasSize(10_000);
  }

  @Test
  void anything_else_is_not_an_id() {
    assertThat(JobId.parse("")).isEmpty();
    assertThat(JobId.parse("019A0000-0000-7000-8000-000000000000")).isEmpty();
    assertThat(JobId.parse("019a0000-0000-4000-8000-000000000000")).isEmpty();
    assertThat(JobId.parse("019a0000-0000-7000-8000-000000000000\n")).isEmpty();
  }
}
