package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** From a text to its answer, with one slow model that repeats what it reads. */
@Tag("browser")
class PageJourneyTest {
  @RegisterExtension static final Harness HARNESS = new Harness();

  private static Browser browser;
  private static URI uri;

  private DemoPage page;

  @BeforeAll
  static void start() {
    var settings =
        Map.of(
            "MODEL_URL", HARNESS.model().url(),
            "MODEL_NAME", "fake?latency=1200&repeat=1",
            "RECADO_WORKER_CONCURRENCY", "1");
    uri = HARNESS.up(settings).uri();
    browser = HARNESS.own(Browser.reading("en-US"));
  }

  @BeforeEach
  void open() {
    page = browser.open(uri).forgetful();
  }

  @Test
  void a_message_shows_where_it_is_and_then_its_answer() {
    page.leave("Olá,\n  você pode   me ajudar?");

    var note = page.awaitLatest("processing");
    assertThat(note.live()).isEqualTo("The model is answering");
    assertThat(note.elapsed()).matches("0:0\\d");
    page.awaitLatest("succeeded");
    assertThat(note.answer()).isEqualTo("Olá,\n  você pode   me ajudar?");
    assertThat(note.meta()).contains("fake?latency").contains("tokens").contains(" s");
    assertThat(page.textBox().getDomProperty("value")).isEmpty();
    assertThat(page.echoNotice()).isEmpty();
  }

  @Test
  void several_messages_wait_in_line_and_each_gets_its_own_answer() {
    page.leave("first");
    page.leave("second");
    page.leave("third");

    eventually().until(() -> page.notes().size() == 3);
    eventually().until(() -> page.latest().live().equals("Number 2 in the queue"));
    page.awaitLatest("succeeded");
    assertThat(page.notes())
        .extracting(DemoPage.Note::answer)
        .containsExactly("third", "second", "first");
    assertThat(page.notes())
        .extracting(DemoPage.Note::message)
        .containsExactly("third", "second", "first");
  }

  @Test
  void an_impatient_double_send_leaves_one_message() {
    page.textBox().sendKeys("once");
    page.run(
        "const send = document.getElementById('send'); send.click(); send.click(); send.click()");

    page.awaitLatest("succeeded");
    assertThat(page.notes()).hasSize(1);
  }

  @Test
  void an_empty_message_is_not_sent() {
    page.leave("  \n ");

    eventually().until(() -> page.trouble().equals("Write something first."));
    assertThat(page.notes()).isEmpty();
  }

  @Test
  void the_last_messages_survive_a_reload_and_go_on() {
    page.leave("before");
    page.awaitLatest("succeeded");
    page.leave("during");
    page.awaitLatest("processing");

    page.reload();

    page.awaitLatest("succeeded");
    eventually().until(() -> page.latest().message().equals("during"));
    assertThat(page.latest().answer()).isEqualTo("during");
    var older = page.notes().getLast();
    eventually().until(() -> older.message().equals("before"));
    older.element().findElement(By.tagName("summary")).click();
    eventually().until(() -> "before".equals(older.answer()));
  }

  @Test
  void the_browser_keeps_ids_times_and_states_but_no_text() {
    page.leave("a secret of mine");
    page.awaitLatest("succeeded");

    var stored = (String) page.run("return JSON.stringify({...localStorage})");

    assertThat(stored).contains("succeeded").doesNotContain("secret");
  }

  @Test
  void forgetting_removes_a_message_for_good() {
    page.leave("to be forgotten");
    page.awaitLatest("succeeded").button("forget").click();

    assertThat(page.notes()).isEmpty();
    page.reload();
    assertThat(page.notes()).isEmpty();
  }

  @Test
  void a_spoilt_or_forbidden_storage_does_not_stop_the_page() {
    for (var rubbish : Set.of("{not json", "{\"a\":1}", "[null,7,{\"id\":3}]", "null")) {
      page.run("localStorage.setItem('recado.messages', arguments[0])", rubbish);
      page.reload();
      assertThat(page.notes()).isEmpty();
    }
    page.run("Storage.prototype.setItem = () => { throw new DOMException('full') }");

    page.leave("still works");

    page.awaitLatest("succeeded");
  }

  @Test
  void a_message_the_server_does_not_know_says_so() {
    page.run(
        "localStorage.setItem('recado.messages', JSON.stringify([{id: arguments[0], sentAt: 1e12, state: 'queued'}]))",
        "019a0000-0000-7000-8000-000000000000");
    page.reload();

    assertThat(page.awaitLatest("unknown").outcome()).contains("does not know this message");
  }

  @Test
  void the_answer_can_be_copied_and_pasted() {
    page.leave("copy me");
    page.awaitLatest("succeeded").button("copy").click();
    eventually().until(() -> page.latest().button("copy").getText().equals("Copied"));

    page.textBox().sendKeys(Keys.chord(Keys.CONTROL, "v"));

    assertThat(page.textBox().getDomProperty("value")).isEqualTo("copy me");
  }

  @Test
  void each_state_is_announced_once_and_politely() {
    page.run(
        """
        window.said = [];
        const announcer = document.getElementById('announcer');
        new MutationObserver(() => said.push(announcer.textContent)).observe(announcer, {childList: true});
        """);

    page.leave("tell me");
    page.awaitLatest("succeeded");

    var said = (List<?>) page.run("return window.said");
    assertThat(said)
        .isEqualTo(List.of("Message left.", "The model is answering.", "An answer arrived."));
  }
}
