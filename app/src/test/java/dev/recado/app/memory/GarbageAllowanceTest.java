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
  private static final long SOME = LIVE + LEAST_BYTES / 8 + 1;
  private static final long MUCH = LIVE + LEAST_BYTES + 1;
  private static final long BUSY = LITTLE_BYTES + 1;

  private final GarbageAllowance allowance = new GarbageAllowance(LIVE);

  @Test
  void a_little_garbage_is_left_alone() {
    assertThat(allowance.look(SOME - 1, 0)).isEqualTo(LEAVE);
    assertThat(allowance.look(SOME - 1, BUSY)).isEqualTo(LEAVE);
  }

  @Test
  void some_garbage_is_collected_at_the_next_quiet_moment() {
    assertThat(allowance.look(SOME, BUSY)).isEqualTo(AWAIT_QUIET);
    assertThat(allowance.look(SOME, 2 * BUSY)).isEqualTo(AWAIT_QUIET);

    assertThat(allowance.look(SOME, 2 * BUSY + LITTLE_BYTES)).isEqualTo(COLLECT);
  }

  @Test
  void a_moment_in_which_the_young_generation_was_collected_is_not_quiet() {
    allowance.look(LIVE, BUSY);

    assertThat(allowance.look(SOME, BUSY - 1)).isEqualTo(AWAIT_QUIET);
  }

  @Test
  void much_garbage_is_collected_at_any_moment() {
    assertThat(allowance.look(MUCH - 1, BUSY)).isEqualTo(AWAIT_QUIET);

    assertThat(allowance.look(MUCH, 2 * BUSY)).isEqualTo(COLLECT);
  }

  @Test
  void what_a_collection_leaves_is_no_garbage() {
    allowance.collected(MUCH);

    assertThat(allowance.look(MUCH, 0)).isEqualTo(LEAVE);
  }

  @Test
  void a_collection_empties_the_young_generation_too() {
    allowance.look(MUCH, BUSY);
    allowance.collected(LIVE);

    assertThat(allowance.look(SOME, LITTLE_BYTES)).isEqualTo(COLLECT);
  }

  @Test
  void a_process_in_which_much_lives_may_have_as_much_garbage() {
    var live = 4 * LEAST_BYTES;
    allowance.collected(live);

    assertThat(allowance.look(2 * live, BUSY)).isEqualTo(AWAIT_QUIET);
    assertThat(allowance.look(2 * live + 1, 2 * BUSY)).isEqualTo(COLLECT);
  }

  @Test
  void a_collection_that_the_collector_made_by_itself_counts() {
    allowance.collected(4 * LEAST_BYTES);

    assertThat(allowance.look(LIVE, BUSY)).isEqualTo(LEAVE);
    assertThat(allowance.look(MUCH, 2 * BUSY)).isEqualTo(COLLECT);
  }
}
