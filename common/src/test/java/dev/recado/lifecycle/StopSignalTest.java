package dev.recado.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  private static final String STUBBORN = Stubborn.class.getName();

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void end_the_process() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void the_first_signal_asks_and_the_second_one_ends_at_once() throws Exception {
    var process = start("exec");
    var output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).isEqualTo("running");

    send("TERM", process);
    assertThat(output.readLine()).isEqualTo("SIGTERM");
    assertThat(process.isAlive()).isTrue();

    send("TERM", process);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + SIGTERM);
  }

  // A shell tells its jobs that the terminal is closed, and so does the kernel.
  @Test
  void a_closed_terminal_asks_however_often_it_is_told() throws Exception {
    assumeThat(isHangUpIgnoredHere()).as("this build was started by nohup").isFalse();
    var process = start("exec");
    var output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).isEqualTo("running");

    send("HUP", process);
    assertThat(output.readLine()).isEqualTo("SIGHUP");

    send("HUP", process);
    send("TERM", process);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + SIGTERM);
  }

  @Test
  void who_was_started_by_nohup_outlives_the_terminal() throws Exception {
    var process = start("trap '' HUP; exec");
    var output = process.inputReader(StandardCharsets.UTF_8);
    assertThat(output.readLine()).isEqualTo("running");

    send("HUP", process);
    send("TERM", process);

    assertThat(output.readLine()).isEqualTo("SIGTERM");
  }

  /** What is ignored here, is by the processes that are started here. */
  private static boolean isHangUpIgnoredHere() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .anyMatch(line ->
              (Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16) & 1) != 0);
    } catch (NoSuchFileException notLinux) {
      return false;
    }
  }

  private Process start(String how) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classPath = System.getProperty("java.class.path");
    var process =
        new ProcessBuilder("/bin/sh", "-c", how + " \"$@\"", "sh", java, "-cp", classPath, STUBBORN)
            .start();
    processes.add(process);
    return process;
  }

  private static void send(String signal, Process process) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
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
