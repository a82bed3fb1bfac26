package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.app.shell.ExitCode;
import dev.recado.app.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** submit and status against a running server. */
class ClientCommandsTest {
  @TempDir private static Path folder = Path.of("");

  private static Map<String, String> environment = Map.of();
  private static AutoCloseable server = () -> {};

  @BeforeAll
  static void start_a_server() {
    var recado = new RunningRecado(folder, Map.of());
    server = recado;
    environment = Map.of("RECADO_URL", recado.url());
  }

  @AfterAll
  static void stop_it() throws Exception {
    server.close();
  }

  @Test
  void submit_prints_the_answer_and_nothing_else() {
    var run = recado("submit", "Olá, você pode me ajudar?");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("Olá, você pode me ajudar?").endsWith(System.lineSeparator());
    assertThat(run.err()).isEmpty();
  }

  @Test
  void submit_reads_what_is_piped_into_it() {
    assertThat(CommandRun.of(environment, "from a pipe", "submit").out()).contains("from a pipe");
    assertThat(CommandRun.of(environment, "from a dash", "submit", "-").out())
        .contains("from a dash");
  }

  @Test
  void what_is_piped_and_is_no_text_is_not_sent() {
    var run = CommandRun.of(environment, new byte[] {'o', 'l', (byte) 0xE1}, "submit");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("not text in UTF-8");
  }

  @Test
  void a_text_may_begin_with_an_at_sign_though_a_file_is_called_so() throws IOException {
    var file = Files.writeString(folder.resolve("arguments"), "--json other");

    assertThat(recado("submit", "@" + file).out()).contains("@" + file);
  }

  @Test
  void an_answer_that_cannot_be_written_is_a_failure() {
    var err = new ByteArrayOutputStream();
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    var shell =
        new Shell(
            environment,
            InstantSource.system(),
            InputStream.nullInputStream(),
            new PrintStream(full, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            false);

    assertThat(Main.run(shell, "submit", "hello")).isEqualTo(ExitCode.FAILED);
    assertThat(err.toString(UTF_8)).contains("standard output can not be written");
  }

  @Test
  void submit_json_prints_the_servers_answer_on_one_line() {
    var run = recado("submit", "--json", "hello");

    assertThat(run.out().lines()).hasSize(1);
    var answer = JsonMapper.shared().readTree(run.out());
    assertThat(answer.path("status").asString()).isEqualTo("succeeded");
    assertThat(answer.path("model").asString()).isEqualTo("echo");
  }

  @Test
  void several_files_are_answered_in_their_order() throws IOException {
    var first = Files.writeString(folder.resolve("first.txt"), "uno");
    var second = Files.writeString(folder.resolve("second.txt"), "dos");

    var run = recado("submit", "--file", first.toString(), second.toString());

    assertThat(run.out()).containsSubsequence("first.txt", "uno", "second.txt", "dos");
  }

  @Test
  void without_waiting_submit_prints_an_id_that_status_knows() {
    var id = recado("submit", "--no-wait", "later").out().strip();

    var status = recado("status", id);

    assertThat(status.exitCode()).as(status.err()).isZero();
    assertThat(status.out()).contains(id, "attempts");
  }

  @Test
  void a_text_for_later_waits_for_its_time() {
    var later = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS).toString();
    var run = recado("submit", "--priority", "high", "--run-at", later, "--no-wait", "later");

    assertThat(run.exitCode()).as(run.err()).isZero();
    var status = recado("status", "--json", run.out().strip());
    var job = JsonMapper.shared().readTree(status.out());
    assertThat(job.path("status").asString()).isEqualTo("queued");
    assertThat(job.path("priority").asString()).isEqualTo("high");
    assertThat(Instant.parse(job.path("run_at").asString())).isEqualTo(later);
  }

  @ParameterizedTest
  @CsvSource({"--priority, urgent, high", "--run-at, tomorrow, RFC 3339"})
  void a_priority_or_a_time_that_is_none_is_named(String option, String value, String hint) {
    var run = recado("submit", option, value, "hello");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains(option.substring(2).replace('-', '_'), hint);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void a_text_the_server_refuses_is_a_failure_with_its_reason() {
    var run = recado("submit", " ");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("no_text");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void status_shows_the_queue_at_a_glance() {
    var run = recado("status");

    assertThat(run.out()).contains("queued", "processing", "workers", "64 slots");
  }

  @Test
  void status_json_is_what_the_server_says() {
    var queue = JsonMapper.shared().readTree(recado("status", "--json").out());

    assertThat(queue.path("workers").size()).isEqualTo(1);
  }

  @Test
  void paused_is_shown_until_resume() {
    assertThat(recado("pause").out()).contains("paused");
    assertThat(recado("status").out()).contains("paused", "recado resume");

    assertThat(recado("resume").out()).contains("resumed");

    assertThat(recado("status").out()).doesNotContain("paused");
  }

  @Test
  void what_failed_is_run_again_once() {
    assertThat(recado("retry-failed").out()).startsWith("0 run again");
    assertThat(recado("retry-failed", "--code", "provider_auth", "--within", "2h").exitCode())
        .isZero();
    assertThat(recado("retry-failed", "--code", "nonsense").err()).contains("provider_auth");
    assertThat(recado("retry-failed", "--within", "soon").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void where_there_is_a_token_pausing_takes_it() throws Exception {
    var token = "canarycanarycanary";
    var other = Files.createDirectory(folder.resolve("other"));
    try (var guarded = new RunningRecado(other, Map.of("RECADO_ADMIN_TOKEN", token))) {
      var without = CommandRun.of(Map.of("RECADO_URL", guarded.url()), "", "pause");
      assertThat(without.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(without.err()).contains("operator_token_required", "RECADO_ADMIN_TOKEN");

      var with = Map.of("RECADO_URL", guarded.url(), "RECADO_ADMIN_TOKEN", token);
      assertThat(CommandRun.of(with, "", "pause").exitCode()).isZero();
      assertThat(CommandRun.of(with, "", "resume").exitCode()).isZero();
    }
  }

  @Test
  void a_token_that_cannot_be_sent_is_not_shown() {
    var run =
        CommandRun.of(Map.of("RECADO_ADMIN_TOKEN", "canary canary\ncanary canary"), "", "pause");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out() + run.err()).contains("RECADO_ADMIN_TOKEN").doesNotContain("canary");
  }

  @Test
  void an_unknown_job_is_a_failure() {
    assertThat(recado("status", "nonsense").exitCode()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void a_blank_id_is_none() {
    assertThat(recado("status", "").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void where_no_server_answers_the_exit_code_is_3() throws IOException {
    var run = recado("submit", "--url", "http://127.0.0.1:" + closedPort(), "hello");

    assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(run.err()).contains("recado up").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "submit --file nowhere.txt",
        "submit a b",
        "status --url nonsense",
        "webhook-listen --port 70000",
        "webhook-listen --port -1",
        "sing"
      })
  void wrong_usage_is_one_hint_and_exit_code_2(String line) {
    var run = recado(line.split(" "));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--help");
  }

  private static int closedPort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static CommandRun recado(String... arguments) {
    return CommandRun.of(environment, "", arguments);
  }
}
