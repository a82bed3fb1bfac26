package dev.recado.e2e.split;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.model.FakeModel;
import dev.recado.testing.PrivateBroker;
import java.util.HashMap;
import java.util.Map;

/** A split installation in the making: broker and model are there, web and workers as started. */
final class Split {
  /** Short, so that a test need not wait long for a lost worker's jobs. */
  private static final String LEASE = "3s";

  private final Harness harness;
  private final PrivateBroker broker;
  private final FakeModel model;

  Split(Harness harness) {
    assumeTrue(PrivateBroker.isInstalled(), "rabbitmq-server is not installed");
    this.harness = harness;
    this.broker = harness.own(PrivateBroker.started());
    this.model = harness.model();
  }

  PrivateBroker broker() {
    return broker;
  }

  FakeModel model() {
    return model;
  }

  RecadoProcess web() {
    return web(Map.of());
  }

  RecadoProcess web(Map<String, String> more) {
    var settings = new HashMap<>(settings());
    settings.putAll(more);
    return harness.web(settings);
  }

  RecadoProcess worker() {
    return worker(Map.of());
  }

  RecadoProcess worker(Map<String, String> more) {
    var settings = new HashMap<>(settings());
    settings.putAll(more);
    return harness.worker(settings);
  }

  private Map<String, String> settings() {
    return Map.of(
        "RABBITMQ_URL",
        "amqp://guest:guest@" + broker.settings().address(),
        "MODEL_URL",
        model.url(),
        "RECADO_LEASE",
        LEASE);
  }

  /** Leaves a text that the model takes this long to answer, with how often it was asked. */
  static String submitSlow(ApiClient client, String text, int millis) {
    return client.submit(text, "fake?count=1&latency=" + millis);
  }
}
