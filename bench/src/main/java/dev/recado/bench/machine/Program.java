package dev.recado.bench.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** One process that was started for a measurement. Closing it stops it. Not thread-safe. */
public final class Program implements AutoCloseable {
  private static final Pattern OURS = Pattern.compile("(RECADO|RABBITMQ|MODEL|HUGGINGFACE|HF)_.*");
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(40);
  private static final long POLL_MILLIS = 1;

  private final Process process;
  private final Path log;
  private final long startedAt = System.nanoTime();

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a process in a folder, in which it also leaves its log.
   *
   * @param environment what it has beyond this process's own, which is handed on without anything
   *     that the program or its peers would take for a setting
   */
  static Program start(Path folder, List<String> command, Map<String, String> environment) {
    try {
      var log =
          Files.createTempFile(folder, Path.of(command.getFirst()).getFileName() + "-", ".log");
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().keySet().removeIf(name -> OURS.matcher(name).matches());
      builder.environment().putAll(environment);
      builder.redirectErrorStream(true).redirectOutput(log.toFile());
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a sign of life. */
  Program awaitUntil(BooleanSupplier isReady) {
    var end = System.nanoTime() + START.toNanos();
    while (!isReady.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        var said = said();
        close();
        throw new IllegalStateException(this + " did not start:\n" + said);
      }
      Pause.of(POLL_MILLIS);
    }
    return this;
  }

  /** Waits until this process is stopped by others or by itself. */
  int awaitEnd(Duration bound) {
    try {
      if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(this + " does not end");
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Closes its standard input, which some take for the sign to end. */
  void endInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When it was started, as {@link System#nanoTime}. */
  public long startedAt() {
    return startedAt;
  }

  /** Its number in the system. */
  long id() {
    return process.pid();
  }

  /** All it has printed. */
  public String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its memory now, in MB; 0 where there is no /proc. */
  public double residentMegabytes() {
    return ProcFile.of(process.toHandle(), "status").number("VmRSS:") / 1024.0;
  }

  /** The most memory it has had, in MB; 0 where there is no /proc. */
  public double peakMegabytes() {
    return ProcFile.of(process.toHandle(), "status").number("VmHWM:") / 1024.0;
  }

  /** What it has sent to the disk, in bytes; 0 where there is no /proc. */
  public double writtenBytes() {
    return ProcFile.of(process.toHandle(), "io").number("write_bytes:");
  }

  /** Stops it in order, and waits for its end. */
  @Override
  public void close() {
    process.destroy();
    if (process.isAlive()) {
      awaitEnd(STOP);
    }
  }

  @Override
  public String toString() {
    return process.info().commandLine().orElse("a process") + " (pid " + process.pid() + ")";
  }
}
