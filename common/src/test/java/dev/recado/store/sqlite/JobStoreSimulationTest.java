package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.store.sqlite.JobStoreSimulation.Sabotage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * One million events in seeded histories. A failure names its seed; run it alone with {@code
 * -Drecado.simulation.seed=N -Drecado.simulation.histories=1}.
 */
class JobStoreSimulationTest {
  private static final int STEPS = 500;
  private static final long FIRST_SEED = Long.getLong("recado.simulation.seed", 20_261_121);
  private static final int HISTORIES = Integer.getInteger("recado.simulation.histories", 2_000);

  @Test
  void no_history_loses_a_job_or_ends_one_twice() {
    seeds(HISTORIES).parallel().forEach(seed -> run(seed, Sabotage.NONE));
    System.out.printf(
        "simulated %,d events, seeds %d to %d%n",
        (long) HISTORIES * STEPS, FIRST_SEED, FIRST_SEED + HISTORIES - 1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void a_sabotaged_store_is_found_out(Sabotage sabotage) {
    assertThat(seeds(50).anyMatch(seed -> isFoundOut(seed, sabotage))).isTrue();
  }

  private static LongStream seeds(int count) {
    return LongStream.range(FIRST_SEED, FIRST_SEED + count);
  }

  private static boolean isFoundOut(long seed, Sabotage sabotage) {
    try {
      run(seed, sabotage);
      return false;
    } catch (AssertionError found) {
      return true;
    }
  }

  private static void run(long seed, Sabotage sabotage) {
    try (var simulation = new JobStoreSimulation(seed, sabotage)) {
      simulation.run(STEPS);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
    }
  }
}
