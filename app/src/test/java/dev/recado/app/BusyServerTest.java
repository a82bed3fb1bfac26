package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.recado.app.shell.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is being restarted, seen through a proxy: for a while each call is a 502 or 503.
 */
@Timeout(90)
class BusyServerTest {
  private static final String TEXTS = "POST /api/predict";
  private static final String RESULTS = "GET /api/result/";
  private static final String PROBLEM = "{\"error\":\"stopping\",\"code\":\"service_unavailable\"}";
  private static final String PAGE = "<html>502 Bad Gateway</html>";

  @TempDir private Path folder = Path.of("");
  private final AtomicInteger refusals = new AtomicInteger();
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private final List<Instant> looks = new CopyOnWriteArrayList<>();
  private final MovedClock clock = new MovedClock();
  private volatile String refused = "";
  private volatile String comeAgain = "";
  private volatile Duration timePerRefusal = Duration.ZERO;
  private volatile Duration timePerAnswer = Duration.ZERO;
  private RunningRecado recado;
  private Proxy proxy;
  private Map<String, String> environment;

  @BeforeEach
  void start() {
    recado = new RunningRecado(folder, Map.of());
    startProxy(0);
    environment = Map.of("RECADO_URL", proxy.url());
  }

  private void startProxy(int port) {
    try {
      proxy = Proxy.before(recado.url(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    proxy.start(this::pass);
  }

  @AfterEach
  void stop() {
    proxy.close();
    recado.close();
  }

  private void refuse(String what, int times) {
    refused = what;
    refusals.set(times);
  }

  private void pass(HttpExchange exchange) throws IOException, InterruptedException {
    var request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    if (request.startsWith(RESULTS)) {
      looks.add(Instant.now());
    }
    if (request.startsWith(refused) && refusals.getAndDecrement() > 0) {
      clock.move(timePerRefusal);
      refuse(exchange);
      return;
    }
    var answer = proxy.ask(exchange);
    clock.move(timePerAnswer);
    if (lostAnswers.getAndDecrement() > 0) {
      Proxy.answer(exchange, 502, PROBLEM.getBytes(UTF_8));
    } else {
      Proxy.answer(exchange, answer.statusCode(), answer.body());
    }
  }

  private void refuse(HttpExchange exchange) throws IOException {
    var isProxys = refusals.get() % 2 == 1;
    if (!comeAgain.isEmpty()) {
      exchange.getResponseHeaders().set("Retry-After", comeAgain);
    }
    Proxy.answer(exchange, isProxys ? 502 : 503, (isProxys ? PAGE : PROBLEM).getBytes(UTF_8));
  }

  @Test
  void a_text_is_sent_again_until_it_is_taken() {
    refuse(TEXTS, 4);

    var run = submit("hello");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("hello");
    assertThat(refusals.get()).isNegative();
  }

  @Test
  void an_answer_is_asked_for_again_until_it_is_there() {
    refuse(RESULTS, 4);

    var run = submit("hello");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("hello");
    assertThat(run.err()).containsOnlyOnce("trying again for a minute");
    assertThat(refusals.get()).isNegative();
  }

  @Test
  void however_long_it_took_to_leave_the_texts_the_answer_is_asked_for_again() {
    timePerAnswer = Duration.ofMinutes(2);
    refuse(RESULTS, 1);

    var run = submit("hello");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("hello");
  }

  @Test
  void an_answer_is_not_asked_for_before_the_server_wants_to_be_asked() {
    comeAgain = "1";
    refuse(RESULTS, 1);

    assertThat(submit("hello").out()).contains("hello");

    assertThat(Duration.between(looks.get(0), looks.get(1))).isGreaterThan(Duration.ofMillis(990));
  }

  @Test
  void after_a_minute_without_an_answer_waiting_ends_and_the_job_that_goes_on_is_named() {
    timePerRefusal = Duration.ofSeconds(25);
    refuse(RESULTS, Integer.MAX_VALUE);

    var run = submit("hello");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .containsPattern("job \\S+ goes on")
        .contains("recado: the server is busy");
    assertThat(looks).hasSize(3);
  }

  @Test
  void a_server_that_was_met_is_waited_for_though_nothing_has_been_left_yet() throws Exception {
    var port = proxy.port();
    proxy.close();
    var gone = goneAfterOneQuestion(port);
    var tries = new AtomicInteger();
    // Looked at after each try: that which broke off, and that which nobody took.
    InstantSource clock =
        () -> {
          if (gone.isDone() && tries.incrementAndGet() == 2) {
            startProxy(port);
          }
          return Instant.EPOCH;
        };

    var run = CommandRun.at(clock, environment, "submit", "hello");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("hello");
  }

  private static Future<?> goneAfterOneQuestion(int port) throws IOException {
    var server = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    var gone =
        new FutureTask<Void>(() -> {
          try (var question = server.accept()) {
            server.close();
            assertThat(question.getInputStream().read()).isEqualTo('P');
          }
          return null;
        });
    Thread.startVirtualThread(gone);
    return gone;
  }

  @Test
  void texts_whose_answers_get_lost_are_left_once() throws Exception {
    lostAnswers.set(2);
    var texts = List.of(folder.resolve("a.txt"), folder.resolve("b.txt"));
    for (var text : texts) {
      Files.writeString(text, "hello from " + text.getFileName());
    }

    var run = submit("--file", texts.get(0).toString(), texts.get(1).toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("hello from a.txt", "hello from b.txt");
    assertThat(recado.jobs().split("\"object\":\"job\"", -1))
        .as("two jobs, and what stands around them")
        .hasSize(3);
  }

  @Test
  void a_batch_is_left_and_looked_after_again_until_its_results_are_there() throws IOException {
    refuse("", 4);
    var requests = folder.resolve("requests.jsonl");
    Files.writeString(requests, "{\"custom_id\":\"a\",\"text\":\"hello\"}");
    var results = folder.resolve("results.jsonl");

    var run = submit("--batch", requests.toString(), "-o", results.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(results).content().contains("hello");
  }

  @Test
  void status_says_that_it_is_busy() {
    refuse("", 2);

    var run = CommandRun.of(environment, "", "status");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("busy (HTTP 502)");
    assertThat(CommandRun.of(environment, "", "status").err())
        .contains("busy (HTTP 503): stopping (service_unavailable)");
  }

  private CommandRun submit(String... arguments) {
    var all = new String[arguments.length + 1];
    all[0] = "submit";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return CommandRun.at(clock, environment, all);
  }
}
