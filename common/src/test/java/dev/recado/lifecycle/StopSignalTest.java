package dev.recado.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals to a real process. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class StopSignalTest {
  private static final int SIGTERM = 15;

  private final Process process;
  private final BufferedReader output;

  StopSignalTest() throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    process = new ProcessBuilder(java, "-cp", classPath, Stubborn.class.getName()).start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  @AfterEach
  void end_the_process() {
    process.destroyForcibly();
  }

  @Test
  void the_first_signal_asks_and_the_second_one_ends_at_once() throws Exception {
    assertThat(output.readLine()).isEqualTo("running");

    terminate();
    assertThat(output.readLine()).isEqualTo("SIGTERM");
    assertThat(process.isAlive()).isTrue();

    terminate();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + SIGTERM);
  }

  // Process.destroy() would close the stream that we read.
  private void terminate() {
    assertThat(process.toHandle().destroy()).isTrue();
  }

  /** Has a part that never stops. */
  static final class Stubborn {
    private Stubborn() {}

    public static void main(String[] arguments) throws InterruptedException {
      var lifecycle = new Lifecycle(Duration.ofMinutes(5));
      lifecycle.own("stubborn", new CountDownLatch(1)::await);
      var signal = StopSignal.install();
      System.out.println("running");
      System.out.println(signal.await());
      lifecycle.stop();
    }
  }
}
