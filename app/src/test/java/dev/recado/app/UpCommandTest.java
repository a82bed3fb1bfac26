package dev.recado.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.app.server.Greeting;
import dev.recado.app.shell.ExitCode;
import dev.recado.config.Settings;
import dev.recado.config.Settings.Layout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How up begins; how it runs and ends is a matter for tests with real processes. */
class UpCommandTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_port_that_is_taken_is_one_sentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var run = up("--port", String.valueOf(taken.getLocalPort()));

      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("--port").hasLineCount(1);
    }
  }

  @Test
  void a_store_that_can_not_be_opened_is_one_sentence() throws IOException {
    Files.writeString(folder.resolve("recado.db"), "this is no database, as anyone can see");

    var run = up("--port", "0");

    assertThat(run.exitCode()).isEqualTo(ExitCode.DAMAGED);
    assertThat(run.err()).contains("recado.db", "restore a backup").hasLineCount(1);
  }

  @Test
  void a_store_of_a_newer_version_is_one_sentence() throws Exception {
    var url = "jdbc:sqlite:" + folder.resolve("recado.db");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.executeUpdate("PRAGMA user_version = 99");
    }

    var run = up("--port", "0");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("newer Recado").hasLineCount(1);
  }

  @Test
  void web_alone_without_a_broker_says_which_setting_is_missing() {
    var run = CommandRun.of(Map.of(), "", "web");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("RABBITMQ_URL");
  }

  @Test
  void the_greeting_says_where_the_page_is_and_that_echo_is_no_model() {
    var greeting = new Greeting(Settings.from(Map.of(), Layout.TOGETHER), 9000).lines();

    assertThat(String.join("\n", greeting))
        .contains("http://127.0.0.1:9000/", "NO real model", "data/recado.db", "Ctrl+C");
  }

  @Test
  void a_wildcard_address_is_greeted_with_one_that_a_browser_can_open() {
    var settings =
        Settings.from(Map.of("RECADO_HOST", "0.0.0.0", "RECADO_ACCESS", "open"), Layout.TOGETHER);

    assertThat(Greeting.url(settings, 80)).isEqualTo("http://localhost:80/");
  }

  private CommandRun up(String... options) {
    var environment = Map.of("RECADO_DATABASE_URL", "jdbc:sqlite:" + folder.resolve("recado.db"));
    var arguments = new String[options.length + 1];
    arguments[0] = "up";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return CommandRun.of(environment, "", arguments);
  }
}
