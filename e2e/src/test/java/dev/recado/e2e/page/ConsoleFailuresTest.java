package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.net.URI;
import java.time.Duration;
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

  @BeforeAll
  static void start() {
    var up = HARNESS.up(Map.of("MODEL_URL", HARNESS.model().url(), "MODEL_NAME", "fake?stall=1"));
    client = up.client();
    uri = up.uri();
    browser = HARNESS.own(Browser.reading("en-US"));
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
