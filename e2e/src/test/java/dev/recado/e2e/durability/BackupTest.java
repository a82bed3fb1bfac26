package dev.recado.e2e.durability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The drill: a backup in the middle of load, everything lost, the copy started elsewhere. */
@Tag("process")
class BackupTest {
  private static final int CLIENTS = 4;
  private static final int BEFORE = 150;

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void every_job_accepted_before_a_backup_comes_to_its_end_in_the_restored_copy() throws Exception {
    var model = harness.model();
    var settings = new HashMap<String, String>();
    settings.put("MODEL_URL", model.url());
    settings.put("MODEL_NAME", "fake?latency=100");
    settings.put("RECADO_LEASE", "2s");
    // fewer than are submitted, so that some jobs wait at any time
    settings.put("RECADO_WORKER_CONCURRENCY", "4");
    var up = harness.up(settings);
    var running = up.client().submit("runs at any time", "fake?stall=1&times=1");
    await().until(() -> model.calls("runs at any time") == 1);
    var accepted = new ConcurrentLinkedQueue<>(List.of(running));
    var stop = new AtomicBoolean();
    List<String> before;
    Map<String, String> finished;
    var copy = Files.createDirectory(harness.folder().resolve("elsewhere")).resolve("recado.db");
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var client = 0; client < CLIENTS; client++) {
        clients.execute(() -> submitUntil(stop, up.client(), accepted));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> accepted.size() >= BEFORE);
      before = List.copyOf(accepted);
      finished = finished(up.client(), before);
      backup(copy);
      stop.set(true);
    }
    up.kill();

    var restored = new HashMap<>(settings);
    restored.put("RECADO_DATABASE_URL", "jdbc:sqlite:" + copy);
    restored.put("RECADO_WORKER_CONCURRENCY", "64");
    var client = harness.up(restored).client();

    assertThat(finished).isNotEmpty();
    assertThat(before).hasSizeGreaterThan(finished.size());
    finished.forEach((id, job) -> assertThat(client.job(id).toString()).isEqualTo(job));
    assertThat(before)
        .allSatisfy(id -> client.awaitStatus(id, "succeeded", Duration.ofSeconds(30)));
    assertThat(client.job(running).get("attempts").asInt())
        .as("calls of a job that ran when the copy was made")
        .isEqualTo(2);
  }

  private static void submitUntil(AtomicBoolean stop, ApiClient client, Queue<String> accepted) {
    while (!stop.get()) {
      accepted.add(client.submit("hello"));
    }
  }

  private static Map<String, String> finished(ApiClient client, List<String> ids) {
    var finished = new HashMap<String, String>();
    for (var id : ids) {
      var job = client.job(id);
      if (job.get("done").asBoolean()) {
        finished.put(id, job.toString());
      }
    }
    return finished;
  }

  private void backup(Path copy) {
    var java = Project.java();
    var store = "jdbc:sqlite:" + harness.folder().resolve("recado.db");
    try {
      var process =
          new ProcessBuilder(
                  java,
                  "--enable-native-access=ALL-UNNAMED",
                  "-jar",
                  Project.jar().toString(),
                  "backup",
                  "--database-url",
                  store,
                  copy.toString())
              .redirectErrorStream(true)
              .start();
      var output = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor()).as(output).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
