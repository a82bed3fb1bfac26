package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The console for every operator: no mouse, a phone, light and dark, Portuguese. */
@Tag("browser")
class ConsoleAccessTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static URI uri;
  private static Browser browser;
  private static String failed;
  private static String running;

  @RegisterExtension final Harness harness = new Harness();

  /** Jobs of all kinds, with names and words that are awkward to lay out. */
  @BeforeAll
  static void start() {
    var long_ = "a-model-with-a-very-long-name/".repeat(5);
    RecadoProcess up = HARNESS.up(Map.of("MODEL_URL", HARNESS.model().url(), "MODEL_NAME", "fake"));
    uri = up.uri();
    var client = up.client();
    client.awaitDone(client.submit("well"), BOUND);
    failed = client.submit("badly " + "averylongword".repeat(40), long_ + "?status=401");
    client.awaitDone(failed, BOUND);
    running = client.submit("for ever", "fake?stall=1");
    client.awaitStatus(running, "processing", BOUND);
    browser = HARNESS.own(Browser.reading("en-US"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axe_finds_nothing_to_complain_about_on_any_view(String scheme) {
    browser.prefers("prefers-color-scheme", scheme);
    for (var view : List.of("", "#/jobs", "#/jobs/" + failed, "#/failures", "#/dead")) {
      var page = settled(view);

      assertThat(Axe.violations(page)).as("%s in %s", view, scheme).isEmpty();
    }
    var page = settled("#/jobs/" + running);
    page.deed("cancel");
    page.find("dialog");
    assertThat(Axe.violations(page)).as("a question in %s", scheme).isEmpty();
  }

  @Test
  void why_a_job_failed_is_two_clicks_away() {
    var page = settled("");
    assertThat(page.verdict())
        .isEqualTo(
            "Failing: 50% of the last 5 minutes’ jobs, mostly provider_auth: the key is refused.");

    page.deed("why");
    page.click("#jobs tr[data-id='" + failed + "'] a");

    page.awaitText("[data-panel=why] h2", "Why it failed");
    assertThat(page.text("[data-panel=why]"))
        .contains("What to do:")
        .contains("HUGGINGFACE_API_KEY")
        .contains("provider_auth, HTTP 401");
    assertThat(page.steps()).startsWith("accepted").contains("claimed").endsWith("failed");
  }

  @Test
  void nothing_has_to_be_scrolled_sideways_on_a_phone() {
    var phone = harness.own(Browser.reading("en-US"));
    phone.phone(390);
    for (var view : List.of("", "#/jobs", "#/jobs/" + failed, "#/failures", "#/dead")) {
      var page = phone.openConsole(uri).go(view);
      page.find("h1");
      settle(page, view);
      assertThat(page.run("return document.documentElement.scrollWidth")).as(view).isEqualTo(390L);
    }
  }

  @Test
  void everything_is_reached_by_keyboard_and_the_focus_is_seen() {
    var page = settled("");

    page.press(Keys.TAB);
    assertThat(page.focused().getText()).isEqualTo("Skip to the content");
    page.press(Keys.ENTER);
    page.press(Keys.TAB);
    assertThat(page.focused().getText()).isEqualTo("See the failed jobs");
    page.press(Keys.ENTER);
    eventually().until(() -> page.focused().getTagName().equals("h1"));
    tabTo(page, "#jobs a");
    page.press(Keys.ENTER);
    page.awaitText(".job-title", "Job");
    tabTo(page, "[data-deed=retry]");
    page.press(Keys.SPACE);
    page.find("dialog");
    assertThat(page.focused().getDomAttribute("data-deed")).isEqualTo("keep");
    page.press(Keys.ESCAPE);
    eventually().until(() -> !page.has("dialog"));
    assertThat(page.focused().getDomAttribute("data-deed")).isEqualTo("retry");
  }

  /** Goes on with the Tab key until it is there; the focus is to be seen at every stop. */
  private static void tabTo(ConsolePage page, String selector) {
    eventually().until(() -> page.has(selector));
    for (var stop = 0; stop < 40; stop++) {
      page.press(Keys.TAB);
      assertThat(page.run(FOCUS_IS_VISIBLE)).as(page.focused().getTagName()).isEqualTo(true);
      if (Boolean.TRUE.equals(
          page.run("return document.activeElement.matches(arguments[0])", selector))) {
        return;
      }
    }
    throw new AssertionError("no Tab leads to " + selector);
  }

  private static final String FOCUS_IS_VISIBLE =
      """
      const style = getComputedStyle(document.activeElement);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      """;

  @Test
  void someone_who_reads_portuguese_reads_everything_in_portuguese() {
    var page = harness.own(Browser.reading("pt-BR")).openConsole(uri).go("#/jobs/" + failed);

    page.awaitText("[data-panel=why]", "O servidor do modelo recusou a chave.");
    assertThat(page.run("return document.documentElement.lang")).isEqualTo("pt-BR");
    assertThat(page.text("#nav")).contains("Visão geral").contains("Mensagens mortas");
    assertThat(
            page.run(
                """
                const keys = (words, path = '') => Object.entries(words).flatMap(([key, value]) =>
                    typeof value === 'object' ? keys(value, path + key + '.') : [path + key + ' ' + typeof value]);
                return Promise.all([import('/console/words-en.js'), import('/console/words-pt.js')]).then(([{en}, {pt}]) => {
                  const [left, right] = [keys(en), keys(pt)];
                  return left.filter(key => !right.includes(key)).concat(right.filter(key => !left.includes(key)));
                });
                """))
        .isEqualTo(List.of());
  }

  private static ConsolePage settled(String view) {
    var page = browser.openConsole(uri).go(view);
    settle(page, view);
    return page;
  }

  /** Waits until there is on the view what makes it wide. */
  private static void settle(ConsolePage page, String view) {
    var sign =
        switch (view) {
          case "" -> "[data-chart=errors] canvas";
          case "#/jobs" -> "#jobs a";
          case "#/failures" -> "[data-code]";
          case "#/dead" -> "[data-none]";
          default -> ".timeline";
        };
    page.find(sign);
    if (view.isEmpty()) {
      page.find("[data-deed=why]");
    }
  }
}
