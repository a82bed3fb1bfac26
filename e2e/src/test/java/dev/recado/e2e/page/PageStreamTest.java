package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The answer on the page while the model gives it. */
@Tag("browser")
class PageStreamTest {
  private static final String SLOW = "fake?tokens=60&tps=15";

  @RegisterExtension final Harness harness = new Harness();

  private Map<String, String> model(String model) {
    return Map.of("MODEL_URL", harness.model().url(), "MODEL_NAME", model);
  }

  private DemoPage open(URI uri) {
    return harness.own(Browser.reading("en-US")).open(uri);
  }

  private static boolean shows(DemoPage page, String text) {
    return Objects.requireNonNullElse(page.latest().answer(), "").contains(text);
  }

  @Test
  void an_answer_grows_while_it_is_given_and_goes_on_after_a_reload() {
    var page = open(harness.up(model(SLOW)).uri());
    page.leave("tell me a long story");
    page.awaitLatest("processing");
    eventually().until(() -> shows(page, "w0 w1 w2"));
    assertThat(page.latest().state()).isEqualTo("processing");
    assertThat(page.latest().answer()).doesNotContain("w59");

    page.reload();

    eventually().until(() -> !page.notes().isEmpty() && shows(page, "w0 w1 w2 w3 w4"));
    assertThat(page.latest().state()).isEqualTo("processing");
    page.awaitLatest("succeeded");
    assertThat(page.latest().answer()).startsWith("w0 w1 ").endsWith(" w58 w59");
  }

  @Test
  @Tag("soak")
  void an_answer_that_is_begun_again_replaces_the_first_beginning() {
    var settings = new HashMap<>(model("fake?stamp=1&tokens=60&tps=15"));
    settings.put("RECADO_LEASE", "2s"); // the killed worker's job is free again after this
    var first = harness.up(settings);
    var page = open(first.uri());
    page.leave("tell me twice");
    page.awaitLatest("processing");
    eventually().until(() -> shows(page, " "));
    var beginning = Objects.requireNonNull(page.latest().answer());
    first.kill();
    settings.put("RECADO_PORT", String.valueOf(first.uri().getPort()));
    var second = harness.up(settings);

    eventually().until(() -> !shows(page, beginning));

    assertThat(page.awaitLatest("succeeded").answer()).doesNotContain(beginning);
    assertThat(second.isAlive()).isTrue();
  }

  @Test
  @Tag("soak")
  void where_streams_do_not_work_the_page_asks_as_it_always_did() {
    var page = open(harness.up(model("fake?tokens=8&tps=10")).uri());
    page.run(
        """
        window.tried = 0;
        window.EventSource = class extends EventTarget {
          constructor() { super(); window.tried++; setTimeout(() => this.onerror()); }
          close() {}
        };
        """);

    page.leave("the old way");

    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("w0 w1 w2 w3 w4 w5 w6 w7");
    assertThat(page.run("return window.tried")).isIn(1L, 2L, 3L);
  }
}
