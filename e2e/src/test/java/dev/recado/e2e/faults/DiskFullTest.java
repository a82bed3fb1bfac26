package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Harness;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The store's disk is full for a while. */
@Tag("process")
@EnabledIf(
    value = "dev.recado.e2e.faults.SmallDisk#canBeMounted",
    disabledReason = "mounting a small disk needs root")
class DiskFullTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void submits_are_refused_while_it_is_full_and_nothing_accepted_is_lost() throws Exception {
    var folder = Files.createDirectory(harness.folder().resolve("disk"));
    var disk = harness.own(SmallDisk.mount(folder, Scale.configured().isLong() ? 600 : 48));
    var url = "jdbc:sqlite:" + disk.path().resolve("recado.db");
    var cluster =
        new Cluster(harness, Map.of("RECADO_DATABASE_URL", url, "RECADO_MIN_FREE_DISK", "0"));
    cluster.up();
    // a worker that cannot renew its lease for so long may lose its jobs, and run them again
    var full =
        Outage.of("disk full", Duration.ofSeconds(2), disk::fill, disk::free, DiskFullTest::refused)
            .causing(1);

    var figures = new FaultRun(cluster, Scale.configured()).survives(full);

    var attempts = figures.history().attempts();
    assertThat(attempts).extracting(Attempt::status).containsOnly(202, 503);
  }

  @Test
  void submits_are_refused_before_it_is_full_and_what_was_accepted_still_ends() throws Exception {
    var folder = Files.createDirectory(harness.folder().resolve("disk"));
    var disk = harness.own(SmallDisk.mount(folder, Scale.configured().isLong() ? 600 : 48));
    var url = "jdbc:sqlite:" + disk.path().resolve("recado.db");
    var cluster =
        new Cluster(harness, Map.of("RECADO_DATABASE_URL", url, "RECADO_MIN_FREE_DISK", "16MB"));
    var process = cluster.up();
    // the blocks in the way leave room for what has been accepted, not for more
    var shortage =
        Outage.of(
            "disk nearly full",
            Duration.ofSeconds(3),
            () -> disk.fillUpTo(8 << 20),
            disk::free,
            DiskFullTest::refused);

    var figures = new FaultRun(cluster, Scale.configured()).survives(shortage);

    assertThat(figures.history().attempts()).extracting(Attempt::status).containsOnly(202, 503);
    assertThat(process.log()).contains("nothing more is accepted");
    await().atMost(SOON).until(() -> process.log().contains("jobs are accepted again"));
    assertThat(process.log()).doesNotContain("SQLITE_FULL", "cannot store the outcome");
  }

  private static boolean refused(History history) {
    return history.attempts().stream().anyMatch(attempt -> attempt.status() == 503);
  }
}
