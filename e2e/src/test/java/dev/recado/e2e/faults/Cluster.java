package dev.recado.e2e.faults;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.model.FakeModel;
import dev.recado.testing.FreePort;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The system under test: a web and its workers, or all in one, always at the same address. The
 * model gives the prompt back, so that an answer shows whose it is.
 */
final class Cluster {
  static final String GOOD_MODEL = Scale.configured().goodModel();

  private final Harness harness;
  private final FakeModel model;
  private final int port = FreePort.next();
  private final Map<String, String> settings = new HashMap<>();
  private volatile String modelName = GOOD_MODEL;

  /** With settings beyond the default ones; a test whose workers die shortens their lease. */
  Cluster(Harness harness, Map<String, String> more) {
    this(harness, harness.model(), more);
  }

  Cluster(Harness harness, FakeModel model, Map<String, String> more) {
    this.harness = harness;
    this.model = model;
    settings.put("MODEL_URL", model.url());
    settings.put("MODEL_NAME", GOOD_MODEL);
    settings.put("RECADO_PORT", String.valueOf(port));
    settings.put("RECADO_DATABASE_URL", "jdbc:sqlite:" + harness.folder().resolve("recado.db"));
    settings.putAll(more);
  }

  RecadoProcess up() {
    return up(Map.of());
  }

  RecadoProcess up(Map<String, String> more) {
    return harness.up(with(more));
  }

  RecadoProcess web() {
    return web(Map.of());
  }

  RecadoProcess web(Map<String, String> more) {
    return harness.web(with(more));
  }

  RecadoProcess worker() {
    return worker(Map.of());
  }

  RecadoProcess worker(Map<String, String> more) {
    return harness.worker(with(more));
  }

  private Map<String, String> with(Map<String, String> more) {
    var all = new HashMap<>(settings);
    all.putAll(more);
    return all;
  }

  ApiClient api() {
    return new ApiClient(URI.create("http://127.0.0.1:" + port));
  }

  FakeModel model() {
    return model;
  }

  String databaseUrl() {
    return settings.getOrDefault("RECADO_DATABASE_URL", "");
  }

  /** The model that submits ask for from now on. */
  void ask(String name) {
    modelName = name;
  }

  String modelName() {
    return modelName;
  }
}
