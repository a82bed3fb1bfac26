package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.job.JobIds;
import dev.recado.job.JobResult;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.Usage;
import dev.recado.job.WorkerId;
import dev.recado.store.sqlite.SqliteJobStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The charts of a longer time, with jobs that ended hours ago. */
@Tag("browser")
class ConsoleRangesTest {
  private static final JobResult ANSWER =
      new JobResult("a", null, null, "m", new Usage(20L, 9L, 29L, null, null), "stop");

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static ConsolePage page;

  @BeforeAll
  static void start_with_a_past() {
    endAgo(Duration.ofHours(20), 3);
    endAgo(Duration.ofHours(4), 2);
    endAgo(Duration.ofMinutes(20), 1);
    var up = HARNESS.up(Map.of("MODEL_URL", HARNESS.model().url()));
    page = HARNESS.own(Browser.reading("en-US")).openConsole(up.uri());
  }

  /** So many jobs that ended then, as a worker of that time would have ended them. */
  private static void endAgo(Duration ago, int count) {
    var then = Clock.offset(Clock.systemUTC(), ago.negated());
    var ids = new JobIds(then);
    var url = "jdbc:sqlite:" + HARNESS.folder().resolve("recado.db");
    try (var store = SqliteJobStore.open(url, then)) {
      for (var i = 0; i < count; i++) {
        var day = Duration.ofDays(1);
        store.add(
            new NewJob(ids.next(), Tenant.DEFAULT, "generate", null, "{}", null, day, null, null));
      }
      var worker = new WorkerId("worker-of-" + ago);
      store.signOn(worker, count, Duration.ofMinutes(1));
      for (var job : store.claim(worker, count)) {
        store.settle(job, new Settlement.Succeed(ANSWER));
      }
      store.signOff(worker);
    }
  }

  @Test
  void six_hours_and_a_day_are_shown_in_larger_steps_and_add_up() {
    assertThat(succeeded("60", "per minute")).isEqualTo(1);
    assertThat(succeeded("360", "per 5 minutes")).isEqualTo(3);
    assertThat(succeeded("1440", "per 15 minutes")).isEqualTo(6);
    page.awaitText("[data-chart=latency]", "worst of 15 minutes");
    assertThat(page.find("[data-chart=tokens] canvas").getDomAttribute("aria-label"))
        .contains("in: 120, out: 54");
  }

  /** What the chart of so many minutes adds up to. */
  private static int succeeded(String minutes, String step) {
    page.click("#range option[value='" + minutes + "']");
    page.awaitText("[data-chart=throughput]", step);
    eventually().until(() -> throughput().contains("succeeded: "));
    return Integer.parseInt(throughput().replaceAll(".*succeeded: (\\d+).*", "$1"));
  }

  private static String throughput() {
    var summary = page.find("[data-chart=throughput] canvas").getDomAttribute("aria-label");
    return summary == null ? "" : summary;
  }
}
