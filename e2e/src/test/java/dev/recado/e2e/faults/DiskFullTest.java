package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

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
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void submits_are_refused_while_it_is_full_and_nothing_accepted_is_lost() throws Exception {
    var folder = Files.createDirectory(harness.folder().resolve("disk"));
    var disk = harness.own(SmallDisk.mount(folder));
    var url = "jdbc:sqlite:" + disk.path().resolve("recado.db");
    var cluster = new Cluster(harness, Map.of("RECADO_DATABASE_URL", url));
    cluster.up();
    // a worker that cannot renew its lease for so long may lose its jobs, and run them again
    var full =
        Outage.of("disk full", Duration.ofSeconds(2), disk::fill, disk::free, DiskFullTest::refused)
            .causing(1);

    var figures = new FaultRun(cluster, Scale.configured()).survives(full);

    var attempts = figures.history().attempts();
    assertThat(attempts).extracting(Attempt::status).containsOnly(202, 503);
  }

  private static boolean refused(History history) {
    return history.attempts().stream().anyMatch(attempt -> attempt.status() == 503);
  }
}
