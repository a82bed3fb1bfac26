package dev.recado.app;

import dev.recado.app.server.Assembly;
import dev.recado.config.Settings;
import dev.recado.config.Settings.Layout;
import dev.recado.lifecycle.Lifecycle;
import dev.recado.web.page.Page;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Web and worker in this JVM, on a free port, with a store of their own. */
final class RunningRecado implements AutoCloseable {
  private final Lifecycle lifecycle = new Lifecycle(Duration.ofSeconds(10));
  private final int port;

  RunningRecado(Path folder, Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("RECADO_PORT", "0");
    all.put("RECADO_DATABASE_URL", "jdbc:sqlite:" + folder.resolve("recado.db"));
    var assembly = new Assembly(Settings.from(all, Layout.TOGETHER), lifecycle);
    assembly.startWorker();
    port = assembly.startWeb(Page.none());
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** What it says of its jobs. */
  String jobs() throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url() + "/api/jobs")).build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }

  @Override
  public void close() {
    lifecycle.close();
  }
}
