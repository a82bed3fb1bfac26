package dev.recado.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.e2e.Project;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.sqlite.SqliteJobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two processes write one store, and one of them is always being killed. */
@Tag("process")
class StoreKillTest {
  private static final int KILLS = Integer.getInteger("recado.faults.kills", 10);
  private static final int KILLS_PER_EXAMINATION = 10;

  /** A small store is examined, and opened, quickly. */
  private static final int KILLS_PER_STORE = 50;

  @RegisterExtension final Harness harness = new Harness();
  private final Random random = new Random(Scale.configured().seed());
  private long accepted;
  private long succeeded;

  @Test
  void a_store_whose_writers_are_killed_stays_whole_and_keeps_its_promises() throws Exception {
    for (var killed = 0; killed < KILLS; killed += KILLS_PER_STORE) {
      var url = "jdbc:sqlite:" + harness.folder().resolve("recado-" + killed + ".db");
      killWriters(url, Math.min(KILLS_PER_STORE, KILLS - killed));
    }
    System.out.printf(
        "FAULT kill -9 of a store's writer | seed %d | kills %d | accepted %d | succeeded %d | lost 0"
            + " | integrity ok%n",
        Scale.configured().seed(), KILLS, accepted, succeeded);
  }

  private void killWriters(String url, int kills) throws Exception {
    var writers = new ArrayDeque<>(List.of(start(url), start(url)));
    var promises = new ArrayList<String>();
    for (var kill = 1; kill <= kills; kill++) {
      promises.addAll(kill(writers.remove()));
      if (kill < kills) {
        writers.add(start(url));
      }
      if (kill % KILLS_PER_EXAMINATION == 0) {
        assertThat(StoredJobs.examine(url)).as("after %d kills", kill).isEqualTo("ok");
      }
    }
    writers.forEach(Process::destroyForcibly);
    assertKept(url, promises);
    assertThat(StoredJobs.examine(url)).isEqualTo("ok");
  }

  private Process start(String url) throws IOException {
    var java = Project.java();
    var command = new ArrayList<>(List.of(java, "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StoreWriter.class.getName(), url));
    return harness.own(new OwnProcess(new ProcessBuilder(command).start())).process();
  }

  /** Kills it at some moment while it writes; what it had been promised. */
  private List<String> kill(Process writer) throws IOException, InterruptedException {
    try (var output = writer.inputReader()) {
      var promises = new ArrayList<String>();
      promises.add(firstOf(output));
      for (var more = random.nextInt(400); more > 0; more--) {
        promises.add(output.readLine());
      }
      writer.toHandle().destroyForcibly(); // not by the Process, which would close the output
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        promises.add(line);
      }
      writer.waitFor();
      return promises.stream().filter(line -> line.length() == 37).toList();
    }
  }

  private static String firstOf(BufferedReader output) throws IOException {
    var line = output.readLine();
    assertThat(line).as("a writer's first promise").isNotNull();
    return line;
  }

  private void assertKept(String url, List<String> promises) {
    try (var store = SqliteJobStore.open(url, Clock.systemUTC())) {
      for (var promise : promises) {
        var job = store.find(Tenant.DEFAULT, new JobId(promise.substring(1)));
        assertThat(job).as(promise).isPresent();
        if (promise.startsWith("=")) {
          assertThat(job.orElseThrow().state()).as(promise).isEqualTo(JobState.SUCCEEDED);
          succeeded++;
        } else {
          accepted++;
        }
      }
    }
  }

  private record OwnProcess(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
