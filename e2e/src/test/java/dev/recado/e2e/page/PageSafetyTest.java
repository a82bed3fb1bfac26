package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a model answers is text, and the page talks to nobody but its own server. */
@Tag("browser")
class PageSafetyTest {
  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=\"window.pwned=1\">",
          "<script>window.pwned=1</script>",
          "</div></template><svg onload=\"window.pwned=1\">",
          "<iframe srcdoc=\"<script>parent.pwned=1</script>\"></iframe>",
          "[a](javascript:window.pwned=1) ![b](https://example.org/leak)",
          "&lt;img src=x onerror=window.pwned=1&gt;");

  @RegisterExtension final Harness harness = new Harness();

  private Browser browser;
  private URI uri;
  private DemoPage page;

  @BeforeEach
  void open() {
    var settings = Map.of("MODEL_URL", harness.model().url(), "MODEL_NAME", "fake?repeat=1");
    uri = harness.up(settings).uri();
    browser = harness.own(Browser.reading("en-US"));
    page = browser.open(uri);
    browser.console();
  }

  @Test
  void markup_in_text_and_answer_is_shown_and_never_run() {
    for (var hostile : HOSTILE) {
      page.leave(hostile);

      eventually().until(() -> hostile.equals(page.awaitLatest("succeeded").answer()));
      assertThat(page.awaitLatest("succeeded").message()).isEqualTo(hostile);
      assertThat(page.run("return window.pwned")).isNull();
    }
    assertThat(
            page.run(
                "return document.querySelectorAll('#notes :is(img, script, iframe, a)').length"))
        .isEqualTo(0L);
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).allMatch(this::isOurs);
  }

  @Test
  void nothing_outside_the_own_origin_is_ever_asked() {
    page.leave("hello");
    page.awaitLatest("succeeded");
    page.reload();
    page.awaitLatest("succeeded");

    assertThat(browser.requests()).isNotEmpty().allMatch(this::isOurs);
  }

  @Test
  void the_strict_policy_is_in_force_and_the_page_never_trips_over_it() {
    page.leave("hello");
    page.awaitLatest("succeeded");
    assertThat(browser.console()).isEmpty();

    page.run(
        """
        const script = document.createElement('script');
        script.textContent = 'window.pwned = 1';
        document.body.append(script);
        """);

    assertThat(page.run("return window.pwned")).isNull();
    assertThat(browser.console()).anyMatch(line -> line.contains("Content Security Policy"));
  }

  private boolean isOurs(URI address) {
    return address.getAuthority() != null && address.getAuthority().equals(uri.getAuthority());
  }
}
