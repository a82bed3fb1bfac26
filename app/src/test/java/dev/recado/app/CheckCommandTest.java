package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpServer;
import dev.recado.app.shell.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
  @TempDir private Path folder = Path.of("");

  private final Map<String, String> environment = new HashMap<>();
  private final HttpServer model = modelServer();

  @BeforeEach
  void settings() throws IOException {
    environment.put("RECADO_DATABASE_URL", "jdbc:sqlite:" + folder.resolve("recado.db"));
    environment.put("RECADO_PORT", String.valueOf(freePort()));
  }

  @AfterEach
  void stop_the_model() {
    model.stop(0);
  }

  @Test
  void the_defaults_are_fine_and_leave_nothing_behind() {
    var run = check();

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).contains("echo", "will be made at the first start", "is free");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_model_that_is_served_is_found_for_free() {
    environment.put("MODEL_URL", modelUrl());
    environment.put("MODEL_NAME", "small");

    assertThat(check().out()).contains("serves small");
  }

  @Test
  void a_model_that_is_not_served_is_a_problem() {
    environment.put("MODEL_URL", modelUrl());
    environment.put("MODEL_NAME", "large");

    var run = check();

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).containsPattern("PROBLEM +model .*does not list large");
  }

  @Test
  void a_model_server_that_stops_in_the_middle_of_its_list_is_a_problem_and_not_waited_for() {
    model.createContext("/slow/models", exchange -> exchange.sendResponseHeaders(200, 1_000));
    environment.put("MODEL_URL", modelUrl().replace("/v1", "/slow"));

    var run = assertTimeoutPreemptively(Duration.ofSeconds(30), this::check);

    assertThat(run.out()).containsPattern("PROBLEM +model .*does not answer");
  }

  @Test
  void a_model_url_that_nobody_can_call_is_a_setting_that_can_not_be_used() {
    environment.put("MODEL_URL", "http://127.0.0.1:99999/v1");

    var run = check();

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("MODEL_URL").doesNotContain("Exception");
  }

  @Test
  void a_port_that_something_else_has_taken_is_a_problem() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("RECADO_PORT", String.valueOf(other.getLocalPort()));
      Thread.startVirtualThread(() -> sayHello(other));

      assertThat(check().out()).containsPattern("PROBLEM +page .*is in use");
    }
  }

  private static void sayHello(ServerSocket server) {
    try (var client = server.accept()) {
      client.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_name_that_no_url_may_hold_is_said_and_not_looked_at() {
    environment.put("RECADO_HOST", "my_service");
    environment.put("RECADO_ACCESS", "open");

    var run = check();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("was not looked at");
  }

  @Test
  void every_problem_is_listed_not_only_the_first() throws IOException {
    Files.writeString(folder.resolve("recado.db"), "this is no database, as anyone can see");
    environment.put("MODEL_URL", "http://127.0.0.1:" + freePort() + "/v1");

    var run = check();

    assertThat(run.out()).containsPattern("PROBLEM +store").containsPattern("PROBLEM +model");
  }

  @Test
  void a_server_that_runs_is_found_and_its_store_read() {
    try (var recado = new RunningRecado(folder, Map.of())) {
      environment.put("RECADO_PORT", recado.url().replaceAll(".*:", ""));

      assertThat(check().out()).contains("is served and ready", "0 queued");
    }
  }

  @Test
  void what_an_option_sets_is_shown() {
    environment.put("RECADO_MODEL_SILENCE", "3m");

    var run = CommandRun.of(environment, "", "check", "--model-silence", "300s");

    assertThat(run.out()).containsPattern("RECADO_MODEL_SILENCE +5m");
  }

  @Test
  void secrets_are_masked() {
    environment.put("MODEL_URL", modelUrl());
    environment.put("HUGGINGFACE_API_KEY", "canary1");

    var run = check();

    assertThat(run.out() + run.err()).contains("***").doesNotContain("canary");
  }

  @Test
  void settings_that_can_not_be_used_are_exit_code_2_and_all_named() {
    environment.put("RECADO_PORT", "eighty");
    environment.put("RECADO_LEASE", "soon");

    var run = check();

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("RECADO_PORT", "RECADO_LEASE").doesNotContain("Exception");
  }

  private CommandRun check() {
    return CommandRun.of(environment, "", "check");
  }

  private String modelUrl() {
    return "http://127.0.0.1:" + model.getAddress().getPort() + "/v1";
  }

  private static HttpServer modelServer() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/models",
          exchange -> {
            var body = "{\"object\":\"list\",\"data\":[{\"id\":\"small\"}]}";
            exchange.sendResponseHeaders(200, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
