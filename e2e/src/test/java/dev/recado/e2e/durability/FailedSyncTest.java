package dev.recado.e2e.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The disk refuses one sync, and would take the next. */
@Tag("process")
@EnabledIf(
    value = "dev.recado.e2e.durability.Strace#isAllowed",
    disabledReason = "tracing system calls needs strace and the right to use it")
class FailedSyncTest {
  private static final int CLIENTS = 8;

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void nothing_is_acknowledged_after_a_failed_sync_and_the_process_ends() throws Exception {
    var up = harness.up(Map.of());
    up.client().submit("before");
    var folder = Files.createDirectory(harness.folder().resolve("trace"));
    List<String> accepted;
    int exitCode;
    List<String> calls;
    try (var strace =
        Strace.attach(
            up.pid(),
            folder,
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO:when=20")) {
      accepted = submitUntilItEnds(up, "hello");
      exitCode = up.awaitExit(Duration.ofSeconds(20));
      calls = strace.lines().stream().filter(line -> line.contains("-wal>")).toList();
    }

    assertThat(exitCode).as(up.log()).isEqualTo(4);
    assertThat(up.log()).contains("Ending at once", "SQLITE_IOERR_FSYNC", "recado.db");
    assertThat(calls).last().asString().contains("EIO");
    var again = harness.up(Map.of());
    assertThat(accepted)
        .isNotEmpty()
        .allSatisfy(id -> again.client().awaitStatus(id, "succeeded", Duration.ofSeconds(30)));
  }

  @Test
  void the_sync_that_follows_a_claim_ends_the_process_as_well_if_it_fails() throws Exception {
    var up = harness.up(Map.of());
    var folder = Files.createDirectory(harness.folder().resolve("trace"));
    var accepted = new ConcurrentLinkedQueue<String>();
    List<String> calls;
    // SQLite's own syncs are the others.
    try (var strace =
        Strace.attach(
            up.pid(), folder, "-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=1")) {
      claimUntilItEnds(up, accepted);
      assertThat(up.awaitExit(Duration.ofSeconds(20))).as(up.log()).isEqualTo(4);
      calls = strace.lines().stream().filter(line -> line.contains("EIO")).toList();
    }

    assertThat(up.log()).contains("Ending at once", "SQLITE_IOERR_FSYNC", "recado.db");
    assertThat(calls).singleElement().asString().contains("-wal>");
    var again = harness.up(Map.of());
    again.client().post("/api/console/resume", Map.of());
    assertThat(accepted)
        .isNotEmpty()
        .allSatisfy(id -> again.client().awaitStatus(id, "succeeded", Duration.ofSeconds(30)));
  }

  /** What comes while the queue is paused has to be claimed; else it is handed over. */
  private static void claimUntilItEnds(RecadoProcess up, ConcurrentLinkedQueue<String> accepted) {
    var client = up.client();
    try {
      while (up.isAlive()) {
        client.post("/api/console/pause", Map.of());
        var waiting = client.submit("waiting");
        accepted.add(waiting);
        client.post("/api/console/resume", Map.of());
        await().until(() -> !up.isAlive() || client.status(waiting).equals("succeeded"));
      }
    } catch (UncheckedIOException ended) {
      return;
    }
  }

  @Test
  @Tag("soak")
  @Timeout(180)
  void a_failed_sync_of_the_file_that_the_log_is_moved_to_ends_it_as_well() throws Exception {
    var up = harness.up(Map.of());
    var folder = Files.createDirectory(harness.folder().resolve("trace"));
    var text = "x".repeat(400_000);
    List<String> accepted;
    int exitCode;
    try (var _ =
        Strace.attachThread(
            up.pid(),
            "store-checkpoints",
            folder,
            "-P",
            harness.folder().resolve("recado.db").toString(),
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO:when=1")) {
      accepted = submitUntilItEnds(up, text);
      exitCode = up.awaitExit(Duration.ofSeconds(20));
    }

    assertThat(exitCode).as(up.log()).isEqualTo(4);
    assertThat(up.log()).contains("Ending at once", "SQLITE_IOERR_FSYNC");
    var again = harness.up(Map.of());
    assertThat(accepted)
        .isNotEmpty()
        .allSatisfy(id -> again.client().awaitStatus(id, "succeeded", Duration.ofSeconds(60)));
  }

  /** Many at once, so that their jobs share transactions, which were once tried again apart. */
  private static List<String> submitUntilItEnds(RecadoProcess up, String text) {
    var accepted = new ConcurrentLinkedQueue<String>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var client = 0; client < CLIENTS; client++) {
        clients.execute(() -> submitUntilRefused(up, text, accepted));
      }
    }
    return List.copyOf(accepted);
  }

  private static void submitUntilRefused(
      RecadoProcess up, String text, ConcurrentLinkedQueue<String> accepted) {
    var client = up.client();
    try {
      while (up.isAlive()) {
        var answer = client.post("/api/predict", Map.of("text", text));
        if (answer.statusCode() == 202) {
          accepted.add(ApiClient.json(answer).get("job_id").asString());
        }
      }
    } catch (UncheckedIOException ended) {
      return;
    }
  }
}
