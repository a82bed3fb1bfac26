package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.job.WorkerId;
import dev.recado.store.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process knows of the workers of another. */
class LifelinesTest {
  private static final Duration LEASE = Duration.ofHours(1);
  private static final WorkerId WORKER = new WorkerId("worker");

  @TempDir private Path folder = Path.of("");
  private SqliteJobStore store;

  /** A process with a worker, which does nothing until its input ends. */
  static final class WorkerProcess {
    private WorkerProcess() {}

    public static void main(String[] path) throws IOException {
      var store = SqliteJobStore.open(path[0], Clock.systemUTC());
      store.signOn(WORKER, 1, LEASE);
      System.out.println("on");
      if (System.in.read() == 'o') {
        store.signOff(WORKER);
        System.out.println("off");
        System.in.read();
      }
      System.exit(0);
    }
  }

  @BeforeEach
  void open() {
    store = SqliteJobStore.open(url(folder), Clock.systemUTC());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void a_worker_is_dead_when_its_process_was_killed_and_not_before() throws Exception {
    var worker = start(url(folder));
    assertThat(deadWorkers()).isEmpty();

    worker.destroyForcibly();

    await().until(() -> deadWorkers().equals(List.of(WORKER)));
    assertThat(store.end(store.leasesOfTheDead().getFirst())).isTrue();
    assertThat(deadWorkers()).as("told once").isEmpty();
  }

  @Test
  void a_worker_that_came_by_way_of_a_link_is_seen_to_live() throws Exception {
    var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("jobs.db"), folder.resolve("jobs.db"));
    var worker = start(url(elsewhere));

    assertThat(deadWorkers()).isEmpty();

    worker.destroyForcibly();
    await().until(() -> deadWorkers().equals(List.of(WORKER)));
  }

  @Test
  void to_ask_for_a_lifeline_does_not_take_it() throws Exception {
    var worker = start(url(folder));
    store.leasesOfTheDead();
    try (var other = SqliteJobStore.open(url(folder), Clock.systemUTC())) {
      assertThat(other.leasesOfTheDead()).isEmpty();
    }
    worker.destroyForcibly();
    await().until(() -> deadWorkers().equals(List.of(WORKER)));
    assertThat(deadWorkers()).isEqualTo(List.of(WORKER));
  }

  @Test
  void a_worker_that_signed_off_is_not_dead() throws Exception {
    var worker = start(url(folder));
    worker.getOutputStream().write('o');
    worker.getOutputStream().flush();
    awaitWord(worker, "off");

    assertThat(deadWorkers()).isEmpty();
    worker.destroyForcibly().waitFor();
    assertThat(deadWorkers()).isEmpty();
  }

  @Test
  void a_worker_of_this_process_lives() {
    store.signOn(WORKER, 1, LEASE);

    assertThat(deadWorkers()).isEmpty();
  }

  @Test
  void a_worker_of_a_version_without_lifelines_is_judged_by_its_lease_alone() throws SQLException {
    try (var connection = DriverManager.getConnection(url(folder));
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO workers (id, slots, last_seen, lease_until) VALUES ('old', 1, 1, 2)");
    }

    assertThat(deadWorkers()).isEmpty();
  }

  private List<WorkerId> deadWorkers() {
    return store.leasesOfTheDead().stream().map(Lease::worker).toList();
  }

  private static Process start(String url) throws IOException {
    var worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                WorkerProcess.class.getName(),
                url)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    awaitWord(worker, "on");
    return worker;
  }

  /** Among what the log says. */
  private static void awaitWord(Process worker, String word) {
    assertThat(worker.inputReader().lines().anyMatch(word::equals)).isTrue();
  }

  private static String url(Path folder) {
    return "jdbc:sqlite:" + folder.resolve("jobs.db");
  }
}
