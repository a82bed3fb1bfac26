package dev.recado.e2e.split;

import dev.recado.e2e.Harness;
import dev.recado.e2e.WaitingCrowd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code Prefer: wait} of many, for what a worker elsewhere does. */
@Tag("process")
@Tag("broker")
@Tag("soak")
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class WaitingCrowdTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void five_thousand_waiters_take_no_threads_and_little_memory_and_are_all_answered()
      throws Exception {
    var split = new Split(harness);
    var web = split.web();
    split.worker();

    WaitingCrowd.tryOut(web, split.model(), "split");
  }
}
