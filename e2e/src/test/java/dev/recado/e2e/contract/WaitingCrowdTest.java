package dev.recado.e2e.contract;

import dev.recado.e2e.Harness;
import dev.recado.e2e.WaitingCrowd;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code Prefer: wait} of many, from {@code recado up}. */
@Tag("process")
@Tag("soak")
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class WaitingCrowdTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void five_thousand_waiters_take_no_threads_and_little_memory_and_are_all_answered()
      throws Exception {
    var model = harness.model();

    WaitingCrowd.tryOut(harness.up(Map.of("MODEL_URL", model.url())), model, "embedded");
  }
}
