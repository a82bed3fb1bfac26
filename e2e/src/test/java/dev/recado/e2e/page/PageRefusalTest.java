package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import dev.recado.e2e.nginx.Nginx;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page says of a server that has had enough, and of messages that are over. */
@Tag("browser")
@Tag("soak")
class PageRefusalTest {
  @RegisterExtension final Harness harness = new Harness();

  @Tag("nginx")
  @ParameterizedTest
  @CsvSource({
    "en-US, That was a lot of messages at once",
    "pt-BR, Foram muitos recados de uma vez"
  })
  void too_many_messages_are_told_and_the_text_is_kept_for_later(String language, String words) {
    var nginx = harness.own(Nginx.before(up(model("fake?repeat=1")).uri(), harness.folder()));
    var page = open(nginx.uri(), language);
    exhaust(nginx);

    page.leave("later then");

    eventually().until(() -> page.trouble().startsWith(words));
    assertThat(page.textBox().getDomProperty("value")).isEqualTo("later then");
    relax(nginx);
    eventually().until(() -> "false".equals(page.sendButton().getDomAttribute("aria-disabled")));
    page.sendButton().click();
    assertThat(page.awaitLatest("succeeded").answer()).isEqualTo("later then");
    assertThat(page.trouble()).isEmpty();
  }

  @Tag("nginx")
  @ParameterizedTest
  @CsvSource({
    "en-US, The server is busy, too much to do right now",
    "pt-BR, O servidor está ocupado, está muito ocupado agora"
  })
  void a_message_outlives_an_edge_that_answers_none_of_its_questions(
      String language, String waiting, String notDone) {
    var nginx =
        harness.own(Nginx.before(up(model("fake?latency=25000&repeat=1")).uri(), harness.folder()));
    var page = open(nginx.uri(), language);
    page.leave("patience");
    page.awaitLatest("processing");
    exhaust(nginx);
    eventually().until(() -> page.latest().live().startsWith(waiting));

    page.latest().button("cancel").click();

    eventually().until(() -> page.latest().outcome().contains(notDone));
    relax(nginx);
    var note = page.awaitLatest("succeeded");
    assertThat(note.answer()).isEqualTo("patience");
    assertThat(note.outcome()).as("a complaint that is over").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "en-US, Too late, Nobody answered before its deadline",
    "pt-BR, Fora do prazo, Ninguém respondeu dentro do prazo"
  })
  void an_expired_message_says_so_and_can_be_sent_again(
      String language, String state, String words) {
    var settings = model("fake?stall=1");
    settings.put("RECADO_WORKER_CONCURRENCY", "1");
    settings.put("RECADO_JOB_DEADLINE", "3s");
    var recado = up(settings);
    var first = recado.client().submit(Map.of("text", "in the way", "deadline_seconds", 600));
    eventually().until(() -> recado.client().status(first).equals("processing"));
    var page = open(recado.uri(), language);

    page.leave("too late");

    var note = page.awaitLatest("expired");
    assertThat(note.text(".note-state")).isEqualToIgnoringCase(state);
    assertThat(note.outcome()).startsWith(words);
    assertThat(note.offers("cancel")).isFalse();
    assertThat(note.offers("again")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "en-US, No longer kept, The server no longer keeps this text",
    "pt-BR, Não guardado, O servidor não guarda mais este texto"
  })
  void a_purged_message_says_so_and_offers_nothing_that_needs_its_text(
      String language, String state, String words) {
    var recado = up(model("fake?repeat=1"));
    var page = open(recado.uri(), language);
    page.leave("for a while");
    erase(recado, page.awaitLatest("succeeded"));

    page.reload();

    var note = page.awaitLatest("purged");
    assertThat(note.text(".note-state")).isEqualToIgnoringCase(state);
    assertThat(note.outcome()).startsWith(words);
    assertThat(note.offers("cancel")).isFalse();
    assertThat(note.offers("again")).isFalse();
    assertThat(note.offers("forget")).isTrue();
  }

  @Test
  void a_message_that_was_purged_meanwhile_cannot_be_sent_again_and_says_why() {
    var recado = up(model("fake?status=401"));
    var page = open(recado.uri(), "en-US");
    page.leave("gone");
    erase(recado, page.awaitLatest("failed"));

    page.latest().button("again").click();

    var note = page.awaitLatest("purged");
    eventually().until(() -> page.latest().outcome().startsWith("The server no longer keeps"));
    assertThat(note.offers("again")).isFalse();
  }

  /** At this rate what is asked now is not forgotten before the test is over. */
  private static void exhaust(Nginx nginx) {
    nginx.allow("1r/m");
    eventually().until(() -> nginx.client().get("/api/").statusCode() == 429 && isSpent(nginx));
  }

  /** Several in a row: the first may still have met the old rate. */
  private static boolean isSpent(Nginx nginx) {
    for (var i = 0; i < 20; i++) {
      if (nginx.client().get("/api/").statusCode() != 429) {
        return false;
      }
    }
    return true;
  }

  /** The edge takes a moment to learn its new rate. */
  private static void relax(Nginx nginx) {
    nginx.allow("100r/s");
    eventually().until(() -> nginx.client().get("/api/").statusCode() == 200);
  }

  private static void erase(RecadoProcess recado, DemoPage.Note note) {
    var id = note.element().getDomAttribute("data-id");
    assertThat(recado.client().send("DELETE", "/api/jobs/" + id, null).statusCode()).isEqualTo(204);
  }

  private Map<String, String> model(String name) {
    return new HashMap<>(Map.of("MODEL_URL", harness.model().url(), "MODEL_NAME", name));
  }

  private RecadoProcess up(Map<String, String> settings) {
    return harness.up(settings);
  }

  private DemoPage open(URI uri, String language) {
    return harness.own(Browser.reading(language)).open(uri);
  }
}
