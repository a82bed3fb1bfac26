package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** The page for everyone: no mouse, a small screen, light and dark, screen readers, Portuguese. */
@Tag("browser")
class PageAccessTest {
  private static final String LONG_WORD = "https://example.org/" + "averylongword".repeat(30);

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static URI uri;

  @RegisterExtension final Harness harness = new Harness();

  private Browser browser;

  @BeforeAll
  static void start() {
    var settings = Map.of("MODEL_URL", HARNESS.model().url(), "MODEL_NAME", "fake?repeat=1");
    uri = HARNESS.up(settings).uri();
  }

  @BeforeEach
  void open() {
    browser = harness.own(Browser.reading("en-US"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void axe_finds_nothing_to_complain_about(String scheme) {
    browser.prefers("prefers-color-scheme", scheme);
    browser.prefers("prefers-reduced-motion", "reduce");
    var page = browser.open(uri);
    assertThat(Axe.violations(page)).isEmpty();

    populate(page);

    assertThat(Axe.violations(page)).isEmpty();
  }

  @Test
  void axe_finds_nothing_on_a_phone_either() {
    browser.phone(360);
    var page = browser.open(uri);

    populate(page);

    assertThat(Axe.violations(page)).isEmpty();
  }

  @Test
  void nothing_has_to_be_scrolled_sideways() {
    browser.phone(320);
    var page = browser.open(uri);
    populate(page);

    for (var width : List.of(320, 375, 768)) {
      browser.phone(width);

      assertThat(page.run("return document.documentElement.scrollWidth"))
          .isEqualTo(width.longValue());
    }
  }

  @Test
  void everything_can_be_done_without_a_mouse() {
    var page = browser.open(uri);

    page.press(Keys.TAB);
    assertThat(page.focused().getText()).isEqualTo("Skip to your message");
    page.press(Keys.ENTER);
    eventually().until(() -> "text".equals(page.focused().getDomAttribute("id")));
    page.press("by keyboard");
    page.press(Keys.TAB);
    assertThat(page.focused().getText()).isEqualTo("Leave message");
    page.press(Keys.ENTER);
    page.awaitLatest("succeeded");
    page.press(Keys.TAB); // forget all
    page.press(Keys.TAB);
    assertThat(page.focused().getTagName()).isEqualTo("summary");
    page.press(Keys.ENTER);
    eventually().until(() -> !page.latest().isOpen());
    page.press(Keys.SPACE);
    eventually().until(() -> page.latest().isOpen());
    page.press(Keys.TAB);
    assertThat(page.focused().getText()).isEqualTo("Copy answer");
    page.press(Keys.TAB);
    page.press(Keys.ENTER);

    assertThat(page.notes()).isEmpty();
    assertThat(page.focused().getDomAttribute("id")).isEqualTo("text");
  }

  @Test
  void the_focus_is_always_to_be_seen() {
    var page = browser.open(uri);
    populate(page);

    for (var stop = 0; stop < 12; stop++) {
      page.press(Keys.TAB);
      assertThat(page.run(FOCUS_IS_VISIBLE)).as(page.focused().getTagName()).isEqualTo(true);
    }
  }

  private static final String FOCUS_IS_VISIBLE =
      """
      const element = document.activeElement;
      if (element === document.body) return true;
      const style = getComputedStyle(element);
      const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      if (element.id !== 'text') return ring;
      return getComputedStyle(element.closest('.sheet')).boxShadow.includes('inset');
      """;

  @Test
  void a_long_message_is_cut_short_and_can_be_shown_whole() {
    var page = browser.open(uri);
    page.leave("A line of a long message that goes on.\n".repeat(20).strip());
    var note = page.awaitLatest("succeeded");
    var cut = height(page);

    note.element().findElement(By.className("note-whole")).click();

    assertThat(height(page)).isGreaterThan(cut * 3);
  }

  private static long height(DemoPage page) {
    return (Long)
        Objects.requireNonNull(
            page.run("return document.querySelector('.note-text').offsetHeight"));
  }

  @Test
  void someone_who_reads_portuguese_is_answered_in_portuguese() {
    var page = harness.own(Browser.reading("pt-BR")).open(uri);

    assertThat(page.run("return document.documentElement.lang")).isEqualTo("pt-BR");
    assertThat(page.sendButton().getText()).isEqualTo("Deixar recado");
    page.leave("Olá");
    page.awaitLatest("succeeded");
    assertThat(page.text(".note-state")).isEqualTo("Respondido");
  }

  @Test
  void both_languages_say_the_same_things() {
    var page = browser.open(uri);

    assertThat(
            page.run(
                """
                const keys = (words, path = '') => Object.entries(words).flatMap(([key, value]) =>
                    typeof value === 'object' ? keys(value, path + key + '.') : [path + key + ' ' + typeof value]);
                return import('/strings.js').then(({en, pt}) => {
                  const [left, right] = [keys(en), keys(pt)];
                  return left.filter(key => !right.includes(key)).concat(right.filter(key => !left.includes(key)));
                });
                """))
        .isEqualTo(List.of());
  }

  /** Leaves messages that are awkward to lay out, and waits for their answers. */
  private static void populate(DemoPage page) {
    for (var text : List.of("Short.", LONG_WORD, "Several words. ".repeat(60).strip())) {
      page.leave(text);
      eventually().until(() -> page.textBox().getDomProperty("value"), ""::equals);
    }
    eventually()
        .until(() -> page.notes().stream().allMatch(note -> "succeeded".equals(note.state())));
    assertThat(page.notes()).hasSize(3);
  }
}
