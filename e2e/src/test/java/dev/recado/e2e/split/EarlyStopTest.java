package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to stop before it has quite started. */
@Tag("process")
class EarlyStopTest {
  @TempDir Path folder;

  @Test
  void a_sigterm_during_the_start_is_an_orderly_stop() throws Exception {
    var database = folder.resolve("recado.db");
    var log = folder.resolve("log");
    var process = start(database, log);
    try {
      // the store is the first thing to be opened; web and worker come after it
      await()
          .atMost(Duration.ofSeconds(30))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> Files.exists(database));
      process.destroy();

      assertThat(process.waitFor(25, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
      assertThat(Files.readString(log)).contains("SIGTERM: stopping", "Stopped");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(Path database, Path log) throws IOException {
    var java = Project.java();
    var builder =
        new ProcessBuilder(java, "-jar", Project.jar().toString(), "up", "--port", "0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    builder.environment().put("RECADO_DATABASE_URL", "jdbc:sqlite:" + database);
    return builder.start();
  }
}
