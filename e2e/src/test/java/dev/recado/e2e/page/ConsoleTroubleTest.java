package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the console says while its server refuses to tell, and that it takes that back. */
@Tag("browser")
class ConsoleTroubleTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static ApiClient client;
  private static URI uri;
  private static Browser browser;

  @BeforeAll
  static void start() {
    var up = HARNESS.up(Map.of("MODEL_URL", HARNESS.model().url(), "MODEL_NAME", "fake?stall=1"));
    client = up.client();
    uri = up.uri();
    browser = HARNESS.own(Browser.reading("en-US"));
  }

  @AfterEach
  void go_on() {
    client.send("POST", "/api/console/resume", null);
  }

  @ParameterizedTest
  @CsvSource({"#/, /statistics", "#/jobs, /jobs", "#/failures, /statistics"})
  void a_view_that_asks_again_takes_its_trouble_back(String view, String path) {
    var page = elsewhere();
    refuse(page, path, 503, "store_unavailable");

    open(page, view);
    page.awaitText("#trouble", "The job store does not answer");
    answer(page);

    eventually().until(() -> page.text("#trouble").isEmpty());
  }

  @Test
  void dead_letters_that_are_asked_for_once_more_take_their_trouble_back() {
    var page = elsewhere();
    refuse(page, "/dead", 503, "store_unavailable");
    open(page, "#/dead");
    page.awaitText("#trouble", "The job store does not answer");
    answer(page);

    page.deed("refresh");

    eventually().until(() -> page.text("#trouble").isEmpty());
  }

  @Test
  void a_job_is_asked_for_again_after_one_refusal_for_asking_too_often() {
    var id = client.submit("for ever");
    client.awaitStatus(id, "processing", BOUND);
    var page = elsewhere();
    refuse(page, "/jobs/" + id, 429, "rate_limit_exceeded");

    open(page, "#/jobs/" + id);
    page.awaitText("#trouble", "Too many requests at once");
    answer(page);

    eventually().until(() -> page.steps().contains("claimed"));
    assertThat(page.text("#trouble")).isEmpty();
  }

  @Test
  void what_was_done_stays_told_while_a_view_has_trouble_of_its_own() {
    var page = browser.openConsole(uri);
    page.deed("pause");
    page.agree();
    page.awaitText("#told", "Paused");

    refuse(page, "/statistics", 503, "store_unavailable");

    page.awaitText("#trouble", "The job store does not answer");
    assertThat(page.text("#told")).isEqualTo("Paused.");
  }

  /** Where nothing is asked for that a test has refused. */
  private static ConsolePage elsewhere() {
    var page = browser.openConsole(uri).go("#/dead");
    page.find("[data-none]");
    return page;
  }

  /** As a link in the page does: what was put into it stays. */
  private static void open(ConsolePage page, String view) {
    page.run("location.hash = '#/jobs/nothing'; location.hash = arguments[0]", view);
  }

  /** From now on what is asked for there is refused; no real server can be made to refuse that. */
  private static void refuse(ConsolePage page, String path, int status, String code) {
    page.run(
        """
        const [path, status, code] = arguments;
        window.real = window.fetch;
        window.fetch = async (asked, request) =>
          asked.split('?')[0].endsWith(path) ? new Response(JSON.stringify({ code }), { status }) : window.real(asked, request);
        """,
        path,
        status,
        code);
  }

  /** The server is itself again. */
  private static void answer(ConsolePage page) {
    page.run("window.fetch = window.real");
  }
}
