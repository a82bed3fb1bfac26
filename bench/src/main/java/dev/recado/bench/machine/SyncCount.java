package dev.recado.bench.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the syncs to disk of running programs with {@code perf}: by the kernel's own counters,
 * which cost them nothing. A tracer that stops a program at its calls makes another program of it:
 * under strace a job took three times the processor time, and far fewer shared a sync. Not
 * thread-safe.
 */
public final class SyncCount implements AutoCloseable {
  private static final String EVENTS = "syscalls:sys_enter_fsync,syscalls:sys_enter_fdatasync";
  // a number, its unit, the event
  private static final Pattern LINE = Pattern.compile("(?m)^(\\d+),[^,]*,syscalls:");
  private static final Duration END = Duration.ofSeconds(10);

  private final Path folder;
  private final Program perf;

  private SyncCount(Path folder, Program perf) {
    this.folder = folder;
    this.perf = perf;
  }

  /** Whether this machine can do it. */
  public static boolean isThere() {
    return Workplace.has("perf");
  }

  /** Counts from now on. */
  public static SyncCount of(List<Program> programs, Workplace workplace) {
    var ids = programs.stream().map(Program::id).map(String::valueOf);
    // It counts until its own program ends: this one does when its input is closed.
    var command =
        List.of("perf", "stat", "-x,", "-e", EVENTS, "-p", ids.collect(Collectors.joining(",")));
    var folder = workplace.newFolder("perf");
    return new SyncCount(
        folder,
        Program.start(
            folder, Stream.concat(command.stream(), Stream.of("--", "cat")).toList(), Map.of()));
  }

  /** Ends the count; how many there were. */
  public long end() {
    perf.endInput();
    perf.awaitEnd(END);
    var counts = LINE.matcher(perf.said()).results().toList();
    if (counts.isEmpty()) {
      throw new IllegalStateException("perf counted nothing:\n" + perf.said());
    }
    return counts.stream().mapToLong(count -> Long.parseLong(count.group(1))).sum();
  }

  @Override
  public void close() {
    perf.close();
    Workplace.delete(folder);
  }
}
