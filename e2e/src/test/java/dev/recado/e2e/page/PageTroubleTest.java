package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the page says when things do not go well, and that it recovers without help. */
@Tag("browser")
class PageTroubleTest {
  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_canceled_message_ends_at_once_and_its_model_call_with_it() {
    var model = harness.model();
    var page = open(up(Map.of("MODEL_URL", model.url(), "MODEL_NAME", "fake?stall=1")).uri());
    page.leave("never mind");
    page.awaitLatest("processing");
    eventually().until(() -> model.open() == 1);

    page.latest().button("cancel").click();

    assertThat(page.awaitLatest("canceled").outcome()).contains("You canceled this message");
    eventually().until(() -> model.open() == 0);
    assertThat(page.latest().offers("cancel")).isFalse();
    assertThat(page.latest().offers("again")).isTrue();
  }

  @Test
  void a_cancel_that_does_not_reach_the_server_says_so() {
    var recado = up(model("fake?stall=1"));
    var page = open(recado.uri());
    page.leave("too late to stop");
    page.awaitLatest("processing");
    recado.kill();

    page.latest().button("cancel").click();

    eventually().until(() -> page.latest().outcome().contains("Not canceled"));
    assertThat(page.latest().offers("cancel")).isTrue();
  }

  @Test
  void a_failed_message_says_why_in_words_and_by_code() {
    var page = open(up(model("fake?status=401")).uri());

    page.leave("will fail");

    assertThat(page.awaitLatest("failed").outcome())
        .contains("did not accept this server’s key")
        .contains("provider_auth");
  }

  @Test
  void a_failed_message_can_be_sent_again() {
    var page = open(up(model("fake?status=401&times=1&repeat=1")).uri());
    page.leave("second time lucky");
    page.awaitLatest("failed");

    page.latest().button("again").click();

    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("second time lucky");
    assertThat(page.notes()).hasSize(2);
  }

  @Test
  void a_message_that_is_sent_again_without_an_answer_is_left_once_however_often_it_is_tried() {
    var recado = up(model("fake?status=401&times=1&repeat=1"));
    var page = open(recado.uri());
    page.leave("just once more");
    page.awaitLatest("failed");
    page.loseNextAnswer();

    page.latest().button("again").click();
    eventually().until(() -> page.latest().outcome().contains("left once"));
    page.latest().button("again").click();

    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("just once more");
    assertThat(jobs(recado)).hasSize(2);
  }

  @Test
  void a_message_that_was_sent_again_can_be_sent_once_more() {
    var recado = up(model("fake?status=401"));
    var page = open(recado.uri());
    page.leave("and again");
    page.awaitLatest("failed").button("again").click();
    eventually().until(() -> page.notes().size() == 2);

    page.notes().getLast().button("again").click();

    eventually().until(() -> page.notes().size() == 3);
    assertThat(jobs(recado)).hasSize(3);
  }

  @Test
  @Tag("soak")
  void a_server_that_stops_and_comes_back_is_waited_for() {
    var settings = new HashMap<>(model("fake?latency=3000&repeat=1"));
    settings.put("RECADO_LEASE", "2s"); // the killed worker's job is free again after this
    var first = up(settings);
    var page = open(first.uri());
    page.leave("patience");
    page.awaitLatest("processing");

    first.kill();

    eventually().until(() -> page.offlineNotice().contains("not answering"));
    eventually().until(() -> page.latest().live().contains("Waiting for the server"));
    upAgain(first, settings);
    eventually().until(() -> page.offlineNotice().isEmpty());
    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("patience");
  }

  @Test
  @Tag("soak")
  void a_text_that_could_not_be_sent_is_kept_and_can_be_sent_later() {
    var settings = model("fake?repeat=1");
    var first = up(settings);
    var page = open(first.uri());
    first.kill();

    page.leave("do not lose me");

    eventually().until(() -> page.trouble().contains("Not sent"));
    assertThat(page.textBox().getDomProperty("value")).isEqualTo("do not lose me");
    upAgain(first, settings);
    eventually().until(() -> page.offlineNotice().isEmpty());
    page.sendButton().click();
    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("do not lose me");
    assertThat(page.trouble()).isEmpty();
  }

  @Test
  void a_text_whose_answer_was_lost_is_left_once_however_often_it_is_sent() {
    var recado = up(model("fake?repeat=1"));
    var page = open(recado.uri());
    page.loseNextAnswer();

    page.leave("only once");
    eventually().until(() -> page.trouble().contains("Not sent"));
    page.sendButton().click();

    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("only once");
    assertThat(jobs(recado)).hasSize(1);
  }

  @Test
  @Tag("soak")
  void a_full_queue_is_told_with_the_time_to_wait_and_the_text_is_kept() {
    var page = open(up(model("fake?repeat=1")).uri());
    // Nothing fills the real queue yet, so this one answer is made up.
    page.run(
        """
        const problem = {status: 503, headers: {'Retry-After': '2', 'Content-Type': 'application/problem+json'}};
        const answered = new Response('{"code":"queue_full","error":"full"}', problem);
        const real = window.fetch;
        window.fetch = async () => { window.fetch = real; return answered; };
        """);

    page.leave("later then");

    eventually().until(() -> page.trouble().startsWith("The queue is full"));
    assertThat(page.sendButton().getText()).matches("Send in \\d s");
    assertThat(page.textBox().getDomProperty("value")).isEqualTo("later then");
    eventually().until(() -> page.sendButton().getText().equals("Leave message"));
    page.sendButton().click();
    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("later then");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unknown", "purged"})
  void a_message_that_the_server_has_again_is_shown_as_it_is(String state) {
    var page = open(up(model("fake?repeat=1")).uri());
    page.leave("back again");
    page.awaitLatest("succeeded");

    rememberAs(page, state);
    page.reload();

    assertThat(page.awaitLatest("succeeded").message()).isEqualTo("back again");
    eventually().until(() -> "back again".equals(page.latest().answer()));
    assertThat(page.latest().outcome()).isEmpty();
  }

  @Test
  void a_message_that_the_server_has_again_and_is_not_done_is_followed() {
    var recado = up(model("fake?stall=1"));
    var page = open(recado.uri());
    page.leave("still at it");
    var id = page.awaitLatest("processing").element().getDomAttribute("data-id");
    rememberAs(page, "unknown");
    page.reload();
    page.awaitLatest("processing");

    recado.client().send("POST", "/api/jobs/" + id + "/cancel", null);

    page.awaitLatest("canceled");
  }

  /** As after a look at a server that had another store at that time. */
  private static void rememberAs(DemoPage page, String state) {
    page.run(
        """
        const messages = JSON.parse(localStorage.getItem('recado.messages'));
        for (const message of messages) message.state = arguments[0];
        localStorage.setItem('recado.messages', JSON.stringify(messages));
        """,
        state);
  }

  @Test
  void a_text_beyond_the_limit_is_counted_and_not_sent() {
    var page = open(up(model("fake?repeat=1")).uri());
    page.run(
        """
        const box = document.getElementById('text');
        box.value = 'ã'.repeat(400002);
        box.dispatchEvent(new Event('input'));
        """);
    assertThat(page.text("#count")).isEqualTo("2 characters too long");

    page.sendButton().click();

    assertThat(page.trouble()).contains("too long for the server");
    assertThat(page.notes()).isEmpty();
  }

  @Test
  void a_text_that_was_not_sent_is_still_there_for_who_comes_back_and_counted() {
    var page = open(up(Map.of()).uri());
    page.run("document.getElementById('text').value = 'ã'.repeat(400001)");
    page.textBox().sendKeys("!");

    page.goAwayAndComeBack();

    eventually().until(() -> page.text("#count").equals("2 characters too long"));
    assertThat(page.textBox().getDomProperty("value")).endsWith("ã!");
  }

  @Test
  void a_text_whose_answer_was_lost_is_left_once_by_who_went_away_and_came_back() {
    var recado = up(model("fake?repeat=1"));
    var page = open(recado.uri());
    page.loseNextAnswer();
    page.leave("only once");
    eventually().until(() -> page.trouble().contains("Not sent"));

    page.goAwayAndComeBack();
    eventually().until(() -> "only once".equals(page.textBox().getDomProperty("value")));
    page.sendButton().click();

    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("only once");
    assertThat(jobs(recado)).hasSize(1);
  }

  @Test
  void the_built_in_stand_in_is_named_as_what_it_is() {
    var page = open(up(Map.of()).uri());

    page.leave("is anybody there?");

    assertThat(page.awaitLatest("succeeded").meta()).contains("echo, the built-in stand-in");
    assertThat(page.echoNotice()).contains("No language model is connected");
  }

  private static JsonNode jobs(RecadoProcess recado) {
    return ApiClient.json(recado.client().get("/api/jobs")).get("data");
  }

  private Map<String, String> model(String name) {
    return Map.of("MODEL_URL", harness.model().url(), "MODEL_NAME", name);
  }

  private RecadoProcess up(Map<String, String> settings) {
    return harness.up(settings);
  }

  private void upAgain(RecadoProcess earlier, Map<String, String> settings) {
    var samePort = new HashMap<>(settings);
    samePort.put("RECADO_PORT", String.valueOf(earlier.uri().getPort()));
    harness.up(samePort);
  }

  private DemoPage open(URI uri) {
    return harness.own(Browser.reading("en-US")).open(uri);
  }
}
