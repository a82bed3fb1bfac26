package dev.recado.e2e.durability;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The system calls of a running process, seen or failed by strace. Closing it lets the process go.
 */
final class Strace implements AutoCloseable {
  private final Process process;
  private final Path folder;

  private Strace(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  /** Whether this user may trace processes on this machine. */
  static boolean isAllowed() {
    try {
      var sleep = new ProcessBuilder("sleep", "10").start();
      try (var _ = attach(sleep.pid(), Files.createTempDirectory("recado-strace-"))) {
        return true;
      } finally {
        sleep.destroyForcibly();
      }
    } catch (IOException | RuntimeException | Error refused) {
      return false;
    }
  }

  /** Attaches to all threads of a process and returns once it has them. */
  static Strace attach(long pid, Path folder, String... options) {
    try {
      var all = new ArrayList<>(List.of(options));
      all.add("-ff");
      return attach(pid, threads(pid), folder, all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Attaches to the one thread of a process that has this name. */
  static Strace attachThread(long pid, String name, Path folder, String... options) {
    try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      var thread = tasks.filter(task -> isCalled(task, name)).findFirst().orElseThrow();
      var id = Long.parseLong(thread.getFileName().toString());
      return attach(id, 1, folder, List.of(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a longer name the kernel knows the first fifteen characters. */
  private static boolean isCalled(Path task, String name) {
    var known = name.substring(0, Math.min(name.length(), 15));
    try {
      return Files.readString(task.resolve("comm")).strip().equals(known);
    } catch (IOException ended) {
      return false;
    }
  }

  private static Strace attach(long id, long threads, Path folder, List<String> options) {
    var command = new ArrayList<>(List.of("strace", "-ttt", "-T", "-y"));
    command.addAll(List.of("-o", folder.resolve("trace").toString()));
    command.addAll(List.of("-p", String.valueOf(id)));
    command.addAll(options);
    try {
      var messages = Files.createTempFile(folder, "strace-", ".log");
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(messages.toFile())
              .start();
      await("strace of " + id)
          .atMost(Duration.ofSeconds(20))
          .failFast("strace ended", () -> !process.isAlive())
          .until(() -> attached(messages) >= threads);
      return new Strace(process, folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long threads(long pid) throws IOException {
    try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      return tasks.count();
    }
  }

  /** It says so of a process, and how many threads were there besides. */
  private static long attached(Path messages) throws IOException {
    var said = Files.readString(messages);
    if (!said.contains("attached")) {
      return -1;
    }
    var more = said.replaceFirst("(?s).*attached with (\\d+) threads.*", "$1");
    return more.equals(said) ? 1 : Long.parseLong(more) + 1;
  }

  /** The calls so far, of all threads, each thread's in their order. */
  List<String> lines() {
    try (Stream<Path> files = Files.list(folder)) {
      var lines = new ArrayList<String>();
      for (var file : files.filter(Strace::isTrace).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isTrace(Path file) {
    return file.getFileName().toString().startsWith("trace");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
