package dev.recado.e2e.durability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.e2e.durability.DiskTrace.Call;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.Tenant;
import dev.recado.store.sqlite.SqliteJobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The power goes. A kill proves nothing about that, as the kernel keeps what was written; so the
 * calls of a process to its disk are noted, and the disk is made from them as it would be.
 */
@Tag("process")
@EnabledIf(
    value = "dev.recado.e2e.durability.Strace#isAllowed",
    disabledReason = "tracing system calls needs strace and the right to use it")
class PowerCutTest {
  private static final int JOBS = 120;
  private static final int CUTS = Integer.getInteger("recado.powercuts", 30);
  private static final long SEED = Long.getLong("recado.faults.seed", 20_261_121);

  @RegisterExtension final Harness harness = new Harness();

  /** A job whose client was told, and when, in seconds since 1970. */
  private record Promise(JobId job, double at) {}

  /** What became of the promises, over all cuts. */
  private record Tally(long kept, long broken) {}

  @Test
  void no_accepted_job_is_lost_whenever_the_power_goes() throws Exception {
    var up = harness.up(Map.of());
    var store = harness.folder().resolve("recado.db");
    var promises = new ArrayList<Promise>();
    try (var strace = attach(up.pid())) {
      var before = Map.of(store, read(store), log(store), read(log(store)));
      for (var n = 0; n < JOBS; n++) {
        promises.add(new Promise(new JobId(up.client().submit("text " + n)), now()));
      }

      var tally = cutPower(store, DiskTrace.of(store, strace.lines()), before, promises);

      assertThat(tally.broken()).isZero();
      assertThat(tally.kept()).isPositive();
    }
  }

  @Test
  void the_driver_loses_nothing_with_full_syncs() throws Exception {
    var tally = cutPowerOfDriver("FULL");

    assertThat(tally.broken()).isZero();
    assertThat(tally.kept()).isPositive();
  }

  @Test
  void the_driver_loses_jobs_with_normal_syncs_so_the_test_would_see_a_loss() throws Exception {
    assertThat(cutPowerOfDriver("NORMAL").broken()).isPositive();
  }

  private Tally cutPowerOfDriver(String synchronous) throws Exception {
    var store = harness.folder().resolve(synchronous + ".db");
    SqliteJobStore.open("jdbc:sqlite:" + store, Clock.systemUTC()).close();
    var before = Map.of(store, read(store), log(store), new byte[0]);
    var promises = new ArrayList<Promise>();
    try (var strace = attach(ProcessHandle.current().pid())) {
      insert(store, synchronous, promises);
      return cutPower(store, DiskTrace.of(store, strace.lines()), before, promises);
    }
  }

  private static void insert(Path store, String synchronous, List<Promise> promises)
      throws Exception {
    var ids = new JobIds(Clock.systemUTC());
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        var pragma = connection.createStatement()) {
      pragma.execute("PRAGMA synchronous = " + synchronous);
      try (var insert =
          connection.prepareStatement(
              """
              INSERT INTO jobs (id, tenant, kind, state, deadline)
              VALUES (?, 'default', 'generate', 'queued', 0)\
              """)) {
        for (var n = 0; n < JOBS; n++) {
          var id = ids.next();
          insert.setString(1, id.value());
          insert.executeUpdate();
          promises.add(new Promise(id, now()));
        }
      }
    }
  }

  private Tally cutPower(
      Path store, List<Call> calls, Map<Path, byte[]> before, List<Promise> promises)
      throws IOException {
    var random = new Random(SEED);
    var first = promises.getFirst().at();
    var span = promises.getLast().at() - first;
    var kept = 0L;
    var broken = 0L;
    for (var n = 0; n < CUTS; n++) {
      var moment = first + random.nextDouble() * span;
      var image = Files.createTempDirectory(harness.folder(), "cut-").resolve("recado.db");
      var cut = new PowerCut(moment, random);
      cut.strike(store, calls, before.getOrDefault(store, new byte[0]), image);
      cut.strike(log(store), calls, before.getOrDefault(log(store), new byte[0]), log(image));
      var due = promises.stream().filter(promise -> promise.at() <= moment).toList();
      var found = found(image, due);
      kept += found;
      broken += due.size() - found;
    }
    System.out.printf(
        "POWERCUT %s: %d cuts, seed %d, %d calls, %d promises kept, %d broken%n",
        store.getFileName(), CUTS, SEED, calls.size(), kept, broken);
    return new Tally(kept, broken);
  }

  /** Opening it examines it, too. */
  private static long found(Path image, List<Promise> due) {
    try (var store = SqliteJobStore.open("jdbc:sqlite:" + image, Clock.systemUTC())) {
      return due.stream()
          .filter(promise -> store.find(Tenant.DEFAULT, promise.job()).isPresent())
          .count();
    }
  }

  private Strace attach(long pid) throws IOException {
    var folder = Files.createTempDirectory(harness.folder(), "trace-");
    return Strace.attach(pid, folder, DiskTrace.OPTIONS);
  }

  private static Path log(Path store) {
    return store.resolveSibling(store.getFileName() + "-wal");
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }

  private static double now() {
    var now = Instant.now();
    return now.getEpochSecond() + now.getNano() / 1e9;
  }
}
