package dev.recado.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs submit --batch against a server of its own. */
abstract class BatchRuns {
  @TempDir static Path data = Path.of("");
  static Map<String, String> environment = Map.of();
  private static AutoCloseable server = () -> {};

  @TempDir Path folder = Path.of("");
  Path requests = Path.of("");
  Path results = Path.of("");

  @BeforeAll
  static void start_a_server() {
    var recado = new RunningRecado(data, Map.of());
    server = recado;
    environment = Map.of("RECADO_URL", recado.url());
  }

  @AfterAll
  static void stop_it() throws Exception {
    server.close();
  }

  @BeforeEach
  void name_the_files() {
    requests = folder.resolve("requests.jsonl");
    results = folder.resolve("results.jsonl");
  }

  CommandRun submit(String... more) {
    var arguments =
        new ArrayList<>(
            List.of("submit", "--batch", requests.toString(), "-o", results.toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(environment, "", arguments.toArray(String[]::new));
  }
}
