package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Ctrl+C in a submit of several files, in a process of its own; a proxy can hold what it asks. */
@Timeout(90)
@DisabledOnOs(OS.WINDOWS)
class InterruptedSubmitTest {
  private static final int TERMINATED = 143;

  @TempDir private Path folder = Path.of("");
  private final AtomicInteger submits = new AtomicInteger();
  private final CountDownLatch secondSubmit = new CountDownLatch(1);
  private final CountDownLatch passOn = new CountDownLatch(1);
  private final CountDownLatch firstLook = new CountDownLatch(1);
  private final AtomicInteger cancels = new AtomicInteger();
  private volatile boolean cancelsAreLost;
  private volatile boolean textsAreRefused;
  private RunningRecado recado;
  private Proxy proxy;

  @BeforeEach
  void start() throws IOException {
    recado = new RunningRecado(folder, Map.of());
    proxy = Proxy.before(recado.url(), 0);
    proxy.start(this::pass);
  }

  @AfterEach
  void stop() {
    passOn.countDown();
    proxy.close();
    recado.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--json", "--no-wait"})
  void what_has_been_left_so_far_and_what_is_on_its_way_is_canceled(String way) throws Exception {
    var submit = submitThreeFiles(way);
    assertThat(secondSubmit.await(30, TimeUnit.SECONDS)).isTrue();

    interrupt(submit);
    passOn.countDown();

    assertThat(submit.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(submit.exitValue()).isEqualTo(TERMINATED);
    assertThat(states()).hasSizeGreaterThanOrEqualTo(2).containsOnly("canceled");
  }

  @Test
  void what_is_canceled_is_not_said_to_go_on_though_the_next_text_is_refused() throws Exception {
    textsAreRefused = true;
    var submit = submitThreeFiles("--json");
    assertThat(secondSubmit.await(30, TimeUnit.SECONDS)).isTrue();

    interrupt(submit);
    passOn.countDown();
    assertThat(submit.waitFor(30, TimeUnit.SECONDS)).isTrue();

    assertThat(submit.errorReader(UTF_8).lines())
        .anyMatch(line -> line.contains("canceled job"))
        .noneMatch(line -> line.endsWith("goes on"));
  }

  @Test
  void when_the_server_is_gone_it_is_asked_once_and_what_goes_on_is_named() throws Exception {
    passOn.countDown();
    cancelsAreLost = true;
    var submit = submitThreeFiles("--json");
    assertThat(firstLook.await(30, TimeUnit.SECONDS)).isTrue();

    interrupt(submit);
    assertThat(submit.waitFor(30, TimeUnit.SECONDS)).isTrue();

    var said = submit.errorReader(UTF_8).lines().toList();
    assertThat(cancels).hasValue(1);
    assertThat(said).filteredOn(line -> line.contains("no server answers")).hasSize(1);
    assertThat(said).filteredOn(line -> line.endsWith("goes on")).hasSize(3);
  }

  private void pass(HttpExchange exchange) throws IOException, InterruptedException {
    var path = exchange.getRequestURI().getPath();
    if (path.endsWith("/cancel") && cancelsAreLost) {
      cancels.incrementAndGet();
      return;
    }
    if (path.endsWith("/predict") && submits.incrementAndGet() >= 2) {
      secondSubmit.countDown();
      passOn.await();
      if (textsAreRefused) {
        Proxy.answer(exchange, 503, "{}".getBytes(UTF_8));
        return;
      }
    }
    if (path.contains("/result/")) {
      firstLook.countDown();
    }
    proxy.passOn(exchange);
  }

  /** Of jobs that wait for their time, so that none ends by itself. */
  private Process submitThreeFiles(String way) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("submit", way, "--url", proxy.url()));
    command.addAll(List.of("--run-at", Instant.now().plus(Duration.ofHours(1)).toString()));
    command.add("--file");
    for (var name : List.of("a", "b", "c")) {
      command.add(Files.writeString(folder.resolve(name), "text " + name).toString());
    }
    return new ProcessBuilder(command).start();
  }

  // By SIGTERM, which does the same: what runs in the background may be started to ignore SIGINT.
  private static void interrupt(Process process) {
    process.toHandle().destroy();
  }

  private List<String> states() throws Exception {
    return JsonMapper.shared()
        .readTree(recado.jobs())
        .path("data")
        .valueStream()
        .map(job -> job.path("status").asString())
        .toList();
  }
}
