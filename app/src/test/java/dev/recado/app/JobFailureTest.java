package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.recado.app.shell.ExitCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line makes of a model server that refuses. */
class JobFailureTest {

  @Test
  void a_failed_job_is_exit_code_1_and_a_reason(@TempDir Path folder) throws Exception {
    var model = refusingModel();
    var settings = Map.of("MODEL_URL", "http://127.0.0.1:" + model.getAddress().getPort() + "/v1");
    try (var recado = new RunningRecado(folder, settings)) {
      var run = CommandRun.of(Map.of("RECADO_URL", recado.url()), "", "submit", "hello");

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("provider_auth");
    } finally {
      model.stop(0);
    }
  }

  private static HttpServer refusingModel() throws Exception {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpServer.create(address, 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(401, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
