package dev.recado.e2e;

import static org.awaitility.Awaitility.await;

import dev.recado.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One process of the packaged jar. Its environment is exactly what the test gives it, so that
 * nothing of the machine leaks in. Closing it is {@link #kill()}; not thread-safe.
 */
public final class RecadoProcess implements AutoCloseable {
  /** What the program is started as. */
  public enum Role {
    UP,
    WEB,
    WORKER;

    private String command() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration START = Duration.ofSeconds(30);
  // what docs/operations.md promises
  private static final Duration STOP = Duration.ofSeconds(25);
  // the line a worker prints once it takes jobs
  private static final Pattern READY = Pattern.compile("Worker .* slots");

  private final Role role;
  private final Path log;
  private final int port;
  private final Process process;

  private RecadoProcess(Role role, Path log, int port, Process process) {
    this.role = role;
    this.log = log;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts the program and waits until it listens (up, web: {@code /healthz} answers) or says that
   * it is ready (worker). A broker that is down does not keep it from starting.
   */
  static RecadoProcess start(Role role, Map<String, String> settings, Path folder) {
    var recado = launch(role, settings, folder);
    try {
      recado.awaitStarted();
      return recado;
    } catch (RuntimeException | Error e) {
      recado.close();
      throw new IllegalStateException(recado.describe() + " did not start:\n" + recado.log(), e);
    }
  }

  private static RecadoProcess launch(Role role, Map<String, String> settings, Path folder) {
    var port = port(settings);
    try {
      var log = Files.createTempFile(folder, role.command() + "-", ".log");
      var builder =
          new ProcessBuilder(command(role))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      var environment = builder.environment();
      environment.keySet().removeIf(name -> !List.of("PATH", "HOME", "LANG").contains(name));
      environment.put("RECADO_PORT", String.valueOf(port));
      environment.putAll(settings);
      return new RecadoProcess(role, log, port, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A test that starts the program again where it was names the port; else any will do. */
  private static int port(Map<String, String> settings) {
    var named = settings.get("RECADO_PORT");
    return named == null ? FreePort.next() : Integer.parseInt(named);
  }

  private static List<String> command(Role role) {
    var command = new ArrayList<>(List.of(Project.java()));
    command.addAll(new QuickStart(Project.jar()).options());
    command.addAll(List.of("-jar", Project.jar().toString(), role.command()));
    return command;
  }

  private void awaitStarted() {
    await(describe())
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .failFast(describe() + " ended", () -> !process.isAlive())
        .until(() ->
            role == Role.WORKER ? READY.matcher(log()).find() : client().answers("/healthz", 200));
  }

  /** Where web listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** A client of this very process. */
  public ApiClient client() {
    return new ApiClient(uri());
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Everything it has printed so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * SIGTERM, and waits for the end; an end later than promised is an error. Returns the exit code.
   */
  public int stop() {
    terminate();
    return awaitExit(STOP);
  }

  /** SIGTERM without waiting. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for the end and returns the exit code. */
  public int awaitExit(Duration bound) {
    try {
      if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError(describe() + " still runs after " + bound);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** SIGKILL: no goodbye, no flush. */
  public void kill() {
    process.destroyForcibly();
    awaitExit(Duration.ofSeconds(10));
  }

  /** SIGSTOP: the process stands still and holds everything it has. */
  public void pause() {
    signal("STOP");
  }

  /** Whether it stands still, as Linux sees it. */
  public boolean isStopped() {
    try {
      // the state comes after the command's name, which may hold anything but is in parentheses
      var stat = Files.readString(Path.of("/proc", String.valueOf(pid()), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var exit = new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill -" + name + " " + describe() + " answered " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  String describe() {
    return role.command() + " (pid " + pid() + ")";
  }

  @Override
  public void close() {
    kill();
  }
}
