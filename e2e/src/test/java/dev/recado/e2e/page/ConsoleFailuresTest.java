package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.job.ErrorCode;
import dev.recado.job.JobError;
import dev.recado.job.JobId;
import dev.recado.job.JobIds;
import dev.recado.job.NewJob;
import dev.recado.job.Settlement;
import dev.recado.job.Tenant;
import dev.recado.job.WorkerId;
import dev.recado.store.sqlite.SqliteJobStore;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Failures that are counted where they are not at once looked for. */
@Tag("browser")
class ConsoleFailuresTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static ApiClient client;
  private static URI uri;
  private static Browser browser;
  private static JobId old;
  private static JobId fresh;

  @BeforeAll
  static void start() {
    old = acceptAgo(Duration.ofHours(30));
    fresh = acceptAgo(Duration.ofHours(1));
    failAll();
    var up = HARNESS.up(Map.of("MODEL_URL", HARNESS.model().url(), "MODEL_NAME", "fake?stall=1"));
    client = up.client();
    uri = up.uri();
    browser = HARNESS.own(Browser.reading("en-US"));
  }

  private static JobId acceptAgo(Duration ago) {
    var then = Clock.offset(Clock.systemUTC(), ago.negated());
    try (var store = open(then)) {
      var id = new JobIds(then).next();
      var days = Duration.ofDays(7);
      store.add(new NewJob(id, Tenant.DEFAULT, "generate", null, "{}", null, days, null, null));
      return id;
    }
  }

  /** Now, however long they were in line. */
  private static void failAll() {
    try (var store = open(Clock.systemUTC())) {
      var worker = new WorkerId("worker-of-now");
      store.signOn(worker, 2, Duration.ofMinutes(1));
      var error = JobError.ours(ErrorCode.PROVIDER_AUTH, "refused", false);
      for (var job : store.claim(worker, 2)) {
        store.settle(job, new Settlement.Fail(error, null));
      }
      store.signOff(worker);
    }
  }

  private static SqliteJobStore open(Clock clock) {
    return SqliteJobStore.open("jdbc:sqlite:" + HARNESS.folder().resolve("recado.db"), clock);
  }

  @Test
  void all_that_are_counted_are_seen_however_long_ago_they_were_accepted() {
    var page = browser.openConsole(uri).go("#/failures");
    page.awaitText("[data-code=provider_auth]", "2 jobs");

    page.click("[data-code=provider_auth] [data-deed=see]");

    eventually().until(() -> page.jobs().containsAll(List.of(old.value(), fresh.value())));
  }

  @Test
  void those_are_left_again_that_the_question_names_whatever_time_the_browser_has() {
    var page = browser.openConsole(uri).go("#/failures");
    page.awaitText("[data-code=provider_auth]", "2 jobs");
    page.run("const now = Date.now; Date.now = () => now() + 3 * 86_400_000");

    page.click("[data-code=provider_auth] [data-deed=retry]");
    page.awaitText("#ask-words", "accepted in the last 24 hours");
    page.agree();

    page.awaitText("#told", "1 left again");
    assertThat(ApiClient.json(client.get("/api/jobs")).get("data"))
        .extracting(job -> job.path("retry_of").asString(""))
        .contains(fresh.value())
        .doesNotContain(old.value());
  }

  @Test
  void what_missed_its_deadline_is_found_by_that_error_code() {
    var id = client.submit(Map.of("text", "too late", "deadline_seconds", 1));
    client.awaitStatus(id, "expired", BOUND);
    var page = browser.openConsole(uri).go("#/jobs?created_after=2020-01-01T00:00:00Z");
    eventually().until(() -> page.jobs().contains(id));

    page.find("#code").sendKeys("deadline_exceeded");

    eventually().until(() -> page.hash().contains("status="));
    eventually().until(() -> page.jobs().contains(id));
    assertThat(page.hash()).contains("status=expired", "created_after=2020");
    assertThat(page.text("[aria-current=page][data-status]")).startsWith("Expired");
  }
}
