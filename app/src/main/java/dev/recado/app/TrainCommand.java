package dev.recado.app;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.server.Assembly;
import dev.recado.app.shell.Shell;
import dev.recado.config.Settings;
import dev.recado.config.StoreUrl;
import dev.recado.lifecycle.Lifecycle;
import dev.recado.store.sqlite.NativeLibrary;
import dev.recado.web.page.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Prepares faster starts; the start script calls it after a build. SQLite's library is taken out of
 * the jar. Then everything is started, does so many jobs that the JVM sees what they need, and
 * stops, all of it in a temporary folder. The JVM notes it down: what to load at later starts (JEP
 * 514), and what to compile first (JEP 515).
 */
@Command(hidden = true, description = "Run some jobs and stop, to prepare faster starts.")
final class TrainCommand implements Callable<Integer> {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
  private static final int CLIENTS = 16;
  private static final int JOBS_PER_CLIENT = 100;

  private final Shell shell;

  @Parameters(paramLabel = "FOLDER", description = "Where SQLite's library is put.")
  private Path libraries = Path.of("");

  TrainCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    NativeLibrary.copyTo(libraries);
    var folder = Files.createTempDirectory("recado-train-");
    try {
      return runJobs(folder);
    } finally {
      delete(folder);
    }
  }

  private int runJobs(Path folder) throws IOException, InterruptedException {
    try (var model = PracticeModel.start()) {
      return runJobs(folder, model);
    }
  }

  private int runJobs(Path folder, PracticeModel model) throws InterruptedException {
    var environment =
        Map.of(
            "MODEL_URL",
            model.url(),
            "RECADO_PORT",
            "0",
            "RECADO_DATABASE_URL",
            new StoreUrl(folder.resolve("recado.db")).toString(),
            // where containers are built, the temporary folder may be small
            "RECADO_MIN_FREE_DISK",
            "0");
    try (var lifecycle = new Lifecycle(STOP_WITHIN)) {
      var settings = Settings.from(environment, Settings.Layout.TOGETHER);
      var assembly = new Assembly(settings, lifecycle);
      assembly.startWorker();
      var port = assembly.startWeb(Page.onClassPath(TrainCommand.class, "/page"));
      var url = "http://127.0.0.1:" + port;
      practise(url);
      return submit(url);
    }
  }

  private static void practise(String url) throws InterruptedException {
    try (var client = new RecadoClient(URI.create(url));
        var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var jobs = Collections.nCopies(CLIENTS, (Callable<Void>) () -> leaveJobs(client));
      var _ = clients.invokeAll(jobs);
    }
  }

  private static Void leaveJobs(RecadoClient client) throws Exception {
    var request = client.newRequest().put("text", "a text to practise with");
    for (var i = 0; i < JOBS_PER_CLIENT; i++) {
      client.result(client.submit(request));
    }
    return null;
  }

  private int submit(String url) {
    var environment = new HashMap<>(shell.environment());
    environment.put("RECADO_URL", url);
    var client = new Shell(environment, shell.clock(), shell.in(), shell.out(), shell.err(), false);
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
