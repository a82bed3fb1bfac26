package dev.recado.app;

import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import dev.recado.config.Settings;
import dev.recado.config.StoreUrl;
import dev.recado.config.Variable;
import dev.recado.store.sqlite.SqliteBackup;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Copies the job store while servers work on it. */
@Command(
    description = "Copy the job store into a new file, also while servers work on it.",
    footer = {
      "",
      "The copy is checked and synced to disk. It holds texts: it is made for its owner only.",
      "To restore: stop all servers, move the store's file and those with -wal and -shm after its",
      "name away, put the copy in the file's place, run recado check, start.",
      "Exit codes: 0 the copy is there, 1 it could not be made and nothing is left of it.",
      "",
      "Examples:",
      "  recado backup /backups/recado-$(date +%F).db",
      "  recado backup --json --database-url jdbc:sqlite:/var/lib/recado/recado.db copy.db"
    })
final class BackupCommand implements Callable<Integer> {
  private final Shell shell;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "The job store (jdbc:sqlite:data/recado.db).")
  private @Nullable String databaseUrl;

  @Option(names = "--json", description = "Print what came of it as JSON.")
  private boolean asJson;

  @Parameters(paramLabel = "FILE", description = "The file to make; it must not exist yet.")
  private Path file = Path.of("");

  BackupCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    var report = SqliteBackup.make(storeUrl(), file);
    shell.out().println(asJson ? json(report) : sentence(report));
    return ExitCode.OK;
  }

  /** Its other settings may be missing or wrong where backups are made. */
  private StoreUrl storeUrl() {
    var name = Variable.RECADO_DATABASE_URL.name();
    var url = databaseUrl != null ? databaseUrl : shell.environment().getOrDefault(name, "");
    return Settings.from(Map.of(name, url), Settings.Layout.TOGETHER).databaseUrl();
  }

  private static String sentence(SqliteBackup.Report report) {
    return "%s: %,d jobs, %,d bytes, checked and synced in %.1f s"
        .formatted(report.file(), report.jobs(), report.bytes(), report.took().toMillis() / 1000.0);
  }

  private static String json(SqliteBackup.Report report) {
    var json = JsonMapper.shared().createObjectNode();
    json.put("file", report.file().toString());
    json.put("jobs", report.jobs());
    json.put("bytes", report.bytes());
    json.put("duration_ms", report.took().toMillis());
    return json.toString();
  }
}
