package dev.recado.app.memory;

import static dev.recado.app.memory.GarbageAllowance.Advice.AWAIT_QUIET;
import static dev.recado.app.memory.GarbageAllowance.Advice.COLLECT;
import static dev.recado.app.memory.GarbageAllowance.Advice.LEAVE;
import static dev.recado.app.memory.GarbageAllowance.LEAST_BYTES;
import static dev.recado.app.memory.GarbageAllowance.LITTLE_BYTES;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GarbageAllowanceTest {
  private static final long LIVE = 20L << 20;
  private static final long MUCH = LIVE + LEAST_BYTES + 1;

  private final GarbageAllowance allowance = new GarbageAllowance(LIVE);

  @Test
  void a_little_garbage_is_left_alone() {
    assertThat(allowance.look(LIVE + LEAST_BYTES)).isEqualTo(LEAVE);
    assertThat(allowance.look(LIVE + LEAST_BYTES)).isEqualTo(LEAVE);
  }

  @Test
  void much_garbage_is_collected_at_the_next_quiet_moment() {
    assertThat(allowance.look(MUCH)).isEqualTo(AWAIT_QUIET);
    assertThat(allowance.look(MUCH + LITTLE_BYTES + 1)).isEqualTo(AWAIT_QUIET);

    assertThat(allowance.look(MUCH + 2 * LITTLE_BYTES + 1)).isEqualTo(COLLECT);
  }

  @Test
  void twice_as_much_is_collected_at_any_moment() {
    assertThat(allowance.look(LIVE + 2 * LEAST_BYTES)).isEqualTo(AWAIT_QUIET);

    assertThat(allowance.look(LIVE + 3 * LEAST_BYTES)).isEqualTo(COLLECT);
  }

  @Test
  void what_a_collection_leaves_is_no_garbage() {
    allowance.collected(LEAST_BYTES);

    assertThat(allowance.look(LEAST_BYTES + LIVE)).isEqualTo(LEAVE);
    assertThat(allowance.look(LEAST_BYTES + MUCH)).isEqualTo(AWAIT_QUIET);
    assertThat(allowance.look(LEAST_BYTES + MUCH)).isEqualTo(COLLECT);
  }

  @Test
  void a_process_in_which_much_lives_may_have_as_much_garbage() {
    var live = 4 * LEAST_BYTES;
    allowance.collected(live);

    assertThat(allowance.look(2 * live)).isEqualTo(LEAVE);
    assertThat(allowance.look(2 * live + 1)).isEqualTo(COLLECT);
  }

  @Test
  void a_collection_that_the_collector_made_by_itself_counts() {
    allowance.collected(4 * LEAST_BYTES);

    assertThat(allowance.look(LIVE)).isEqualTo(LEAVE);
    assertThat(allowance.look(MUCH)).isEqualTo(AWAIT_QUIET);
    assertThat(allowance.look(MUCH)).isEqualTo(COLLECT);
  }
}
