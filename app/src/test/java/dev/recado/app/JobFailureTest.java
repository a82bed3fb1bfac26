package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.recado.app.shell.ExitCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of a model server that refuses, or says nothing. */
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

  @Test
  void a_model_that_says_nothing_is_given_up_after_the_time_that_is_set(@TempDir Path folder)
      throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        var recado = new RunningRecado(folder, silentFor("1s", silent.getLocalPort()))) {
      CommandRun.of(Map.of("RECADO_URL", recado.url()), "", "submit", "--no-wait", "hello");

      await().atMost(Duration.ofSeconds(30)).until(() -> recado.jobs().contains("said nothing"));
    }
  }

  private static Map<String, String> silentFor(String silence, int port) {
    return Map.of("MODEL_URL", "http://127.0.0.1:" + port, "RECADO_MODEL_SILENCE", silence);
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
