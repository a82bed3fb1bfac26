package dev.recado.e2e.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A wall clock that can be set under a running process, by a small library that is compiled here
 * and preloaded there. The counter by which the process measures time goes on as if nothing had
 * happened, as it does when a machine's clock is set.
 */
final class ProcessClock {
  private static final String SOURCE = "/faults/settable-clock.c";

  private final Path library;
  private final Path offset;

  private ProcessClock(Path library, Path offset) {
    this.library = library;
    this.offset = offset;
  }

  /** Whether it can be compiled and preloaded here. */
  static boolean canBeSet() {
    try {
      var linux = System.getProperty("os.name").equals("Linux");
      return linux && new ProcessBuilder("cc", "--version").start().waitFor() == 0;
    } catch (IOException noCompiler) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A clock that is right for now. */
  static ProcessClock in(Path parent) {
    try {
      var folder = Files.createTempDirectory(parent, "clock-");
      var clock = new ProcessClock(compiled(folder), Files.createFile(folder.resolve("offset")));
      clock.set(Duration.ZERO);
      return clock;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path compiled(Path folder) throws IOException {
    var source = folder.resolve("clock.c");
    try (var in = ProcessClock.class.getResourceAsStream(SOURCE)) {
      Files.copy(Objects.requireNonNull(in, SOURCE), source);
    }
    var library = folder.resolve("clock.so");
    var cc =
        new ProcessBuilder("cc", "-shared", "-fPIC", "-O1", "-o", library.toString())
            .redirectErrorStream(true);
    cc.command().addAll(List.of(source.toString(), "-ldl"));
    var process = cc.start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(said);
    }
    return library;
  }

  /** What a process is started with to live by this clock. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "CLOCK_OFFSET", offset.toString());
  }

  /** Sets the clock to so much later than it is; earlier if negative. */
  void set(Duration later) {
    var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    bytes.putLong(later.toSeconds()).flip();
    try (var file = FileChannel.open(offset, StandardOpenOption.WRITE)) {
      file.write(bytes, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
