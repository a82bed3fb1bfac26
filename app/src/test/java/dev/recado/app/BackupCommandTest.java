package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.app.shell.ExitCode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class BackupCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_store_in_use_is_copied_and_the_copy_passes_the_check() {
    try (var recado = new RunningRecado(folder, Map.of())) {
      submit(recado);

      var run = backup("--json", folder.resolve("copy.db").toString());

      assertThat(run.exitCode()).as(run.err()).isZero();
      var report = JsonMapper.shared().readTree(run.out());
      assertThat(report.get("jobs").asInt()).isEqualTo(1);
      assertThat(report.get("bytes").asLong()).isPositive();
      assertThat(report.get("file").asString()).endsWith("copy.db");
      assertThat(report.get("duration_ms").isNumber()).isTrue();
    }
    assertThat(check("copy.db").out()).containsPattern("ok +store .*copy.db, 0 queued");
  }

  @Test
  void without_json_it_is_a_sentence() {
    try (var recado = new RunningRecado(folder, Map.of())) {
      submit(recado);

      assertThat(backup(folder.resolve("copy.db").toString()).out())
          .contains("copy.db: 1 jobs,", "bytes, checked and synced in");
    }
  }

  @Test
  void a_store_that_does_not_exist_is_one_sentence() {
    var run = backup(folder.resolve("copy.db").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("there is no job store at").hasLineCount(1);
  }

  @Test
  void settings_of_other_parts_do_not_matter() {
    var environment = Map.of("RECADO_PORT", "eighty", "RECADO_DATABASE_URL", url("recado.db"));

    var run = CommandRun.of(environment, "", "backup", folder.resolve("copy.db").toString());

    assertThat(run.err()).contains("there is no job store at");
  }

  private void submit(RunningRecado recado) {
    var run = CommandRun.of(Map.of("RECADO_URL", recado.url()), "", "submit", "hello");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private CommandRun backup(String... arguments) {
    var all = new String[arguments.length + 1];
    all[0] = "backup";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandRun.of(Map.of("RECADO_DATABASE_URL", url("recado.db")), "", all);
  }

  private CommandRun check(String name) {
    return CommandRun.of(Map.of("RECADO_DATABASE_URL", url(name), "RECADO_PORT", "0"), "", "check");
  }

  private String url(String name) {
    return "jdbc:sqlite:" + folder.resolve(name);
  }
}
