package dev.recado.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.recado.app.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A submit of several files that ends by an answer nobody can wait on, seen through a proxy. */
@Timeout(90)
class GivenUpSubmitTest {
  private static final String PENDING = "{\"status\":\"pending\",\"state\":\"processing\"}";
  private static final String ERROR = "{\"error\":\"a mistake\",\"code\":\"internal_error\"}";

  @TempDir private Path folder = Path.of("");
  private final Map<String, String> jobs = new ConcurrentHashMap<>();
  private volatile boolean isSecondAnswered;
  private RunningRecado recado;
  private Proxy proxy;

  @BeforeEach
  void start() throws IOException {
    recado = new RunningRecado(folder, Map.of());
    proxy = Proxy.before(recado.url(), 0);
  }

  @AfterEach
  void stop() {
    proxy.close();
    recado.close();
  }

  @Test
  void what_has_ended_is_printed_and_what_goes_on_is_named() throws IOException {
    proxy.start(exchange -> {
      if (exchange.getRequestMethod().equals("POST")) {
        leave(exchange);
      } else {
        look(exchange);
      }
    });

    var run = submit("first", "second", "third");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.out()).contains("text of second").doesNotContain("text of first");
    assertThat(run.err())
        .containsSubsequence(goesOn("first"), goesOn("third"), "refused (HTTP 500): a mistake")
        .doesNotContain(goesOn("second"));
  }

  @Test
  void a_text_that_is_refused_leaves_those_before_it_named() throws IOException {
    proxy.start(exchange -> {
      if (jobs.isEmpty()) {
        leave(exchange);
      } else {
        Proxy.answer(exchange, 500, ERROR.getBytes(UTF_8));
      }
    });

    var run = submit("first", "second");

    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).containsOnlyOnce("goes on").contains(goesOn("first"));
  }

  private void leave(HttpExchange exchange) throws IOException, InterruptedException {
    var answer = proxy.ask(exchange);
    var name = List.of("first", "second", "third").get(jobs.size());
    jobs.put(name, JsonMapper.shared().readTree(answer.body()).path("job_id").asString());
    Proxy.answer(exchange, answer.statusCode(), answer.body());
  }

  /** The second ends as it does, the others do not; the first is a mistake once the second has. */
  private void look(HttpExchange exchange) throws IOException, InterruptedException {
    var path = exchange.getRequestURI().getPath();
    if (path.endsWith(job("second"))) {
      var answer = proxy.ask(exchange);
      Proxy.answer(exchange, answer.statusCode(), answer.body());
      isSecondAnswered = answer.statusCode() == 200;
    } else if (path.endsWith(job("first")) && isSecondAnswered) {
      Proxy.answer(exchange, 500, ERROR.getBytes(UTF_8));
    } else {
      Proxy.answer(exchange, 202, PENDING.getBytes(UTF_8));
    }
  }

  private String job(String name) {
    return jobs.getOrDefault(name, "no job");
  }

  private String goesOn(String name) {
    return folder.resolve(name) + ": job " + job(name) + " goes on";
  }

  private CommandRun submit(String... names) throws IOException {
    var arguments = new ArrayList<>(List.of("submit", "--file"));
    for (var name : names) {
      arguments.add(Files.writeString(folder.resolve(name), "text of " + name).toString());
    }
    var environment = Map.of("RECADO_URL", proxy.url());
    return CommandRun.of(environment, "", arguments.toArray(String[]::new));
  }
}
