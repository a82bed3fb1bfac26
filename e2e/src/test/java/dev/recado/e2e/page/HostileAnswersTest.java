package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.json.JsonMapper;

/** The answers a model could be talked into, one and all, on the real page. */
@Tag("browser")
class HostileAnswersTest {
  /** As many as the page shows. */
  private static final int PAGEFUL = 20;

  private static final Duration BOUND = Duration.ofSeconds(60);

  @RegisterExtension final Harness harness = new Harness();

  private ApiClient client;
  private URI uri;
  private Browser browser;
  private DemoPage page;

  @BeforeEach
  void open() {
    var settings = Map.of("MODEL_URL", harness.model().url(), "MODEL_NAME", "fake?repeat=1");
    var up = harness.up(settings);
    client = up.client();
    uri = up.uri();
    browser = harness.own(Browser.reading("en-US"));
    page = browser.open(uri);
    browser.console();
  }

  @Test
  void each_is_shown_as_the_text_it_is_and_none_does_anything() {
    var answers = hostile();
    assertThat(answers).hasSizeGreaterThan(100);

    for (var start = 0; start < answers.size(); start += PAGEFUL) {
      show(answers.subList(start, Math.min(start + PAGEFUL, answers.size())));
    }
  }

  private void show(List<String> answers) {
    page.run("localStorage.setItem('recado.messages', arguments[0])", messages(answers));
    page.reload();
    eventually().untilAsserted(() -> assertThat(texts(".answer")).isEqualTo(answers));
    eventually().untilAsserted(() -> assertThat(texts(".note-text")).isEqualTo(answers));
    assertThat(page.run("return document.querySelectorAll('.answer *, .note-text *').length"))
        .isEqualTo(0L);
    assertNothingHappened();
  }

  /** A click anywhere would do what a handler on an answer waits for. */
  private void assertNothingHappened() {
    page.run("document.querySelectorAll('.answer, .note-text').forEach(text => text.click())");
    assertThat(page.run("return window.pwned ?? Object.prototype.pwned")).isNull();
    assertThat(page.run("return location.href")).isEqualTo(uri + "/");
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests())
        .isNotEmpty()
        .allMatch(address -> uri.getAuthority().equals(address.getAuthority()));
  }

  /** Newest first, as the page remembers them. */
  private String messages(List<String> answers) {
    var ids = answers.stream().map(client::submit).toList();
    ids.forEach(id -> client.awaitDone(id, BOUND));
    var messages = ids.stream().map(id -> Map.of("id", id, "sentAt", 1, "state", "queued"));
    return JsonMapper.shared().writeValueAsString(messages.toList());
  }

  private List<String> texts(String selector) {
    var texts = new ArrayList<String>();
    if (page.run(
            "return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", selector)
        instanceof List<?> found) {
      found.forEach(text -> texts.add(String.valueOf(text)));
    }
    return texts;
  }

  private static List<String> hostile() {
    try (var file = HostileAnswersTest.class.getResourceAsStream("hostile.json")) {
      return List.of(JsonMapper.shared().readValue(file, String[].class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
