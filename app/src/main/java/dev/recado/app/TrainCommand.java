package dev.recado.app;

import dev.recado.config.Settings;
import dev.recado.lifecycle.Lifecycle;
import dev.recado.store.sqlite.NativeLibrary;
import dev.recado.web.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Prepares faster starts; the start script calls it after a build. SQLite's library is taken out of
 * the jar. Then everything is started, runs one job and stops, all of it in a temporary folder, so
 * that the JVM can learn what a start needs and keep it (JEP 514).
 */
@Command(hidden = true, description = "Run one job and stop, to prepare faster starts.")
final class TrainCommand implements Callable<Integer> {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final Shell shell;

  @Parameters(paramLabel = "FOLDER", description = "Where SQLite's library is put.")
  private Path libraries = Path.of("");

  TrainCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    NativeLibrary.copyTo(libraries);
    var folder = Files.createTempDirectory("recado-train-");
    try {
      return runOneJob(folder);
    } finally {
      delete(folder);
    }
  }

  private int runOneJob(Path folder) {
    var environment =
        Map.of(
            "RECADO_PORT",
            "0",
            "RECADO_DATABASE_URL",
            "jdbc:sqlite:" + folder.resolve("recado.db"),
            // where containers are built, the temporary folder may be small
            "RECADO_MIN_FREE_DISK",
            "0");
    try (var lifecycle = new Lifecycle(STOP_WITHIN)) {
      var settings = Settings.from(environment, Settings.Layout.TOGETHER);
      var assembly = new Assembly(settings, lifecycle);
      assembly.startWorker();
      var port = assembly.startWeb(Page.onClassPath(TrainCommand.class, "/page"));
      return submit("http://127.0.0.1:" + port);
    }
  }

  private int submit(String url) {
    var environment = new HashMap<>(shell.environment());
    environment.put("RECADO_URL", url);
    var client = new Shell(environment, shell.in(), shell.out(), shell.err(), false);
    // Made with all commands, so that every one of them starts faster.
    return Main.commandLine(client).execute("submit", "a first text");
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
