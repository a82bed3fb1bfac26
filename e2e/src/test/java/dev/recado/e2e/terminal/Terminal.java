package dev.recado.e2e.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./recado} on a terminal of its own, made by Python, as Java knows none. */
final class Terminal implements AutoCloseable {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final char CTRL_C = 3;
  // What is written to Python is typed; what the terminal shows is what Python prints.
  private static final String RUN =
      // A shell that runs us in the background has us ignore Ctrl+C, and children inherit that.
      "import os, pty, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
          + "sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

  private final Process process;
  private final Path screen;

  private Terminal(Process process, Path screen) {
    this.process = process;
    this.screen = screen;
  }

  /** Types this command; skips the test where there is nothing to make a terminal with. */
  static Terminal running(Path folder, URI server, String... arguments) {
    assumeTrue(Files.isExecutable(PYTHON), "python3, which makes the terminal, is not installed");
    try {
      var command = new ArrayList<>(List.of(PYTHON.toString(), "-c", RUN, "/bin/sh"));
      command.add(install(folder).toString());
      command.addAll(List.of(arguments));
      var screen = Files.createTempFile(folder, "screen-", ".txt");
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("RECADO_URL", server.toString());
      builder.environment().put("RECADO_JAVA_HOME", System.getProperty("java.home"));
      return new Terminal(builder.redirectOutput(screen.toFile()).start(), screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The start script beside a jar without its sources, which it never builds anew. */
  private static Path install(Path folder) throws IOException {
    var home = Files.createTempDirectory(folder, "installed-");
    Files.createDirectories(home.resolve("bin"));
    Files.createDirectories(home.resolve("app/target"));
    Files.copy(Project.root().resolve("bin/java.sh"), home.resolve("bin/java.sh"));
    Files.createSymbolicLink(home.resolve("app/target/recado.jar"), Project.jar());
    return Files.copy(Project.root().resolve("recado"), home.resolve("recado"));
  }

  /** Everything it was sent so far, control characters and all. */
  String screen() {
    try {
      return Files.readString(screen, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void pressCtrlC() {
    try {
      process.getOutputStream().write(CTRL_C);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end and returns the exit code; a negative one is the signal that ended it. */
  int awaitExit(Duration bound) throws InterruptedException {
    if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("still runs after " + bound + ":\n" + screen());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
