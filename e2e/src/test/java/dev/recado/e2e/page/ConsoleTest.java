package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an operator sees and does, with jobs that end well, badly, and not at all. */
@Tag("browser")
class ConsoleTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String REFUSED = "fake?status=401";
  private static final String SILENT = "fake?stall=1";

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static ApiClient client;
  private static URI uri;
  private static Browser browser;

  @BeforeAll
  static void start() {
    var up = HARNESS.up(Map.of("MODEL_URL", HARNESS.model().url(), "MODEL_NAME", "fake?repeat=1"));
    client = up.client();
    uri = up.uri();
    browser = HARNESS.own(Browser.reading("en-US"));
  }

  @BeforeEach
  void start_afresh() {
    client.send("POST", "/api/console/resume", null);
    browser.console();
    browser.requests();
  }

  /** Neither the policy was tripped over, nor was anything asked for elsewhere. */
  @AfterEach
  void nothing_went_wrong_in_the_page() {
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .filteredOn(address -> "http".equals(address.getScheme())) // Chromium has icons of its own
        .allMatch(address -> uri.getAuthority().equals(address.getAuthority()));
  }

  @Test
  void one_look_tells_how_it_goes() {
    var id = client.submit("how do you do");
    client.awaitDone(id, BOUND);

    var page = open("");

    page.awaitText("#live", "Live");
    eventually().until(() -> page.verdict().contains("1 worker") || page.verdict().contains("of"));
    page.awaitText("[data-tile=running]", "of 64 slots");
    page.awaitText("[data-tile=tokens]", " in, ");
    page.awaitText("[data-panel=workers] tbody", "0 of 64");
    page.awaitText("[data-panel=system]", "the doorbell is in this process");
    eventually().until(() -> drawn(page, "throughput") > 0 && drawn(page, "latency") > 0);
  }

  /** How many points of a chart's series are more than nothing. */
  private static long drawn(ConsolePage page, String chart) {
    var count =
        page.run(
            """
            const canvas = document.querySelector(`[data-chart=${arguments[0]}] canvas`);
            const chart = Chart.getChart(canvas);
            return chart ? chart.data.datasets.flatMap(series => series.data).filter(Boolean).length : 0;
            """,
            chart);
    return count instanceof Long points ? points : 0;
  }

  @Test
  void what_a_chart_shows_is_there_as_a_table_too() {
    client.awaitDone(client.submit("to be counted"), BOUND);
    var page = open("");

    page.click("[data-chart=throughput] summary");

    page.awaitText("[data-chart=throughput] thead", "accepted");
    eventually().until(() -> !page.all("[data-chart=throughput] tbody tr").isEmpty());
    assertThat(page.find("[data-chart=throughput] canvas").getDomAttribute("aria-label"))
        .startsWith("Throughput. accepted: ");
  }

  @Test
  void the_timeline_tells_of_each_attempt_and_why_it_was_repeated() {
    var id = client.submit("second time lucky", "fake?status=500&times=1&repeat=1");
    client.awaitDone(id, BOUND);

    var page = open("#/jobs/" + id);

    eventually().until(() -> page.steps().contains("succeeded"));
    assertThat(page.steps()).containsSubsequence("accepted", "claimed", "retry", "succeeded");
    assertThat(page.text("[data-event=retry]"))
        .contains("provider_overloaded")
        .contains("not before");
    assertThat(page.text("[data-panel=facts]")).contains("Attempts\n2");
    assertThat(page.has("[data-panel=why]")).isFalse();
  }

  @Test
  void texts_are_seen_only_when_asked_for_and_as_the_texts_they_are() {
    var hostile = "<img src=x onerror=\"window.pwned=1\"></script><b>&lt;bold&gt;</b>";
    var id = client.submit(hostile);
    client.awaitDone(id, BOUND);
    var page = open("#/jobs/" + id);
    page.find(".timeline");
    assertThat(page.text("body")).doesNotContain("onerror");

    page.deed("texts");

    page.awaitText("[data-text=input] pre", hostile);
    assertThat(page.text("[data-text=output] pre")).isEqualTo(hostile);
    assertThat(page.run("return document.querySelectorAll('#view :is(img, b, script)').length"))
        .isEqualTo(0L);
    assertThat(page.run("return window.pwned")).isNull();
  }

  @Test
  void a_name_that_a_client_chose_is_shown_as_text() {
    var name = "fake?status=404&x=<img/src=x/onerror=window.pwned=1>";
    var id = client.submit("hello", name);
    client.awaitDone(id, BOUND);

    var page = open("#/jobs");

    page.awaitText("#jobs tr[data-id='" + id + "']", name);
    page.click("#jobs tr[data-id='" + id + "'] a");
    page.awaitText("[data-panel=facts]", name);
    assertThat(page.run("return document.querySelectorAll('#view img').length")).isEqualTo(0L);
    assertThat(page.run("return window.pwned")).isNull();
  }

  @Test
  void a_running_job_is_canceled_and_asked_about_first() {
    var id = client.submit("for ever", SILENT);
    client.awaitStatus(id, "processing", BOUND);
    var page = open("#/jobs/" + id);

    page.deed("cancel");
    page.deed("keep");
    assertThat(client.status(id)).isEqualTo("processing");
    page.deed("cancel");
    page.agree();

    page.awaitText("#told", "Canceled");
    eventually().until(() -> page.steps().contains("canceled"));
    assertThat(client.status(id)).isEqualTo("canceled");
    assertThat(page.has("[data-deed=cancel]")).isFalse();
  }

  @Test
  void a_failed_job_runs_again_as_a_new_one() {
    var model = "fake?status=401&times=1&repeat=1";
    var id = client.submit("once more", model);
    client.awaitDone(id, BOUND);
    var page = open("#/jobs/" + id);

    page.deed("retry");
    page.agree();

    page.awaitText("#told", "Left again as a new job");
    eventually().until(() -> page.steps().contains("succeeded"));
    assertThat(page.hash()).startsWith("/jobs/").doesNotContain(id);
    assertThat(page.text("[data-panel=facts]")).contains(id);
  }

  @Test
  void a_job_that_is_run_again_without_an_answer_is_left_once_however_often_it_is_tried() {
    var id = client.submit("just once more", "fake?status=401&times=1&repeat=1");
    client.awaitDone(id, BOUND);
    var page = open("#/jobs/" + id);
    page.find("[data-deed=retry]");
    page.loseNextAnswer();

    page.deed("retry");
    page.agree();
    page.awaitText("#trouble", "left once");
    page.deed("retry");
    page.agree();

    page.awaitText("#told", "Left again as a new job");
    assertThat(ApiClient.json(client.get("/api/jobs")).get("data"))
        .filteredOn(job -> job.path("retry_of").asString("").equals(id))
        .hasSize(1);
  }

  @Test
  void the_queue_is_paused_and_resumed() {
    var page = open("");

    page.deed("pause");
    page.agree();
    eventually().until(() -> page.verdict().startsWith("Paused for "));
    var id = client.submit("patience");
    eventually().until(() -> page.verdict().contains("1 waiting"));
    assertThat(client.status(id)).isEqualTo("queued");
    page.deed("resume");
    page.agree();

    client.awaitDone(id, BOUND);
    eventually().until(() -> page.has("[data-deed=pause]"));
  }

  @Test
  void all_that_failed_for_one_reason_is_left_again() {
    var model = "fake?status=403&times=1";
    var ids = List.of(client.submit("again, one", model), client.submit("again, two", model));
    ids.forEach(id -> client.awaitDone(id, BOUND));
    var page = open("#/failures");
    page.awaitText("[data-code=provider_permission]", "the key may not use the model");

    page.click("[data-code=provider_permission] [data-deed=retry]");
    page.agree();

    page.awaitText("#told", "2 left again");
  }

  @Test
  void what_expired_is_among_the_failures_and_is_not_offered_again() {
    var id = client.submit(Map.of("text", "too late", "model", SILENT, "deadline_seconds", 1));
    client.awaitStatus(id, "expired", BOUND);

    var page = open("#/failures");

    page.awaitText("[data-code=deadline_exceeded]", "1 job");
    assertThat(page.has("[data-code=deadline_exceeded] [data-deed=retry]")).isFalse();
    page.click("[data-code=deadline_exceeded] [data-deed=see]");
    page.awaitText("#jobs tr[data-id='" + id + "']", "Expired");
  }

  @Test
  void a_job_is_found_by_its_id_and_an_unknown_one_is_said_to_be_unknown() {
    var id = client.submit("find me");
    var page = open("#/jobs");

    page.find("#find").sendKeys(" " + id + " \n");
    page.awaitText(".job-title", id);
    eventually().until(() -> page.steps().contains("accepted"));
    page.go("#/jobs/nothing");

    page.awaitText("#view", "There is no job with this id");
    assertThat(browser.console()).allMatch(line -> line.contains("404"));
  }

  @Test
  void the_list_is_narrowed_by_status_code_and_time_and_the_address_keeps_that() {
    var good = client.submit("fine");
    var bad = client.submit("refused", REFUSED);
    Stream.of(good, bad).forEach(id -> client.awaitDone(id, BOUND));
    var page = open("#/jobs");
    eventually().until(() -> page.jobs().containsAll(List.of(good, bad)));

    page.awaitText("[data-status=failed]", "Failed");
    page.click("[data-status=succeeded]");

    eventually().until(() -> page.jobs().contains(good) && !page.jobs().contains(bad));
    assertThat(page.hash()).isEqualTo("/jobs?status=succeeded");
    page.find("#code").sendKeys("provider_auth");
    eventually().until(() -> page.jobs().contains(bad) && !page.jobs().contains(good));
    page.reload();
    eventually().until(() -> page.jobs().contains(bad) && !page.jobs().contains(good));
    page.deed("clear");
    eventually().until(() -> page.jobs().containsAll(List.of(good, bad)));
    page.go("#/jobs?created_before=2020-01-01T00:00:00Z");
    page.awaitText("#view", "No jobs match");
  }

  @Test
  @Tag("soak")
  void older_jobs_come_page_by_page() {
    var oldest = client.submit("first of many");
    IntStream.range(0, 55).forEach(_ -> client.submit("many"));
    var page = open("#/jobs");
    eventually().until(() -> page.jobs().size() == 50);
    assertThat(page.jobs()).doesNotContain(oldest);

    page.deed("more");

    eventually().until(() -> page.jobs().contains(oldest));
    assertThat(page.jobs()).doesNotHaveDuplicates();
    assertThat(page.focused().getTagName()).isEqualTo("a");
  }

  private ConsolePage open(String hash) {
    return browser.openConsole(uri).go(hash);
  }
}
