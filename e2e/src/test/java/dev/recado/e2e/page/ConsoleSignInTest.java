package dev.recado.e2e.page;

import static dev.recado.e2e.page.DemoPage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Harness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way into the console, and what it says when its server is silent. */
@Tag("browser")
class ConsoleSignInTest {
  private static final String TOKEN = "correct-horse-battery-staple";

  @RegisterExtension final Harness harness = new Harness();

  private Browser browser;

  @BeforeEach
  void open() {
    browser = harness.own(Browser.reading("en-US"));
  }

  @Test
  void an_operator_signs_in_stays_in_and_signs_out_and_the_token_is_kept_nowhere() {
    var page = browser.openConsole(harness.up(Map.of("RECADO_ADMIN_TOKEN", TOKEN)).uri());
    page.find("#token").sendKeys("a wrong guess\n");
    page.awaitText("#login-trouble", "That is not the token");
    assertThat(page.find("#token").getDomProperty("value")).isEmpty();
    assertThat(Axe.violations(page)).isEmpty();
    browser.console(); // the refusal's 401, and what the checker itself gives rise to

    page.find("#token").sendKeys(TOKEN + "\n");

    eventually().until(() -> page.verdict().startsWith("Healthy"));
    assertThat(page.run("return JSON.stringify([{...localStorage}, {...sessionStorage}])"))
        .isEqualTo("[{},{}]");
    assertThat(page.run("return document.cookie")).isEqualTo("");
    assertThat(page.run("return document.documentElement.innerHTML"))
        .asString()
        .doesNotContain(TOKEN);
    page.reload();
    eventually().until(() -> page.verdict().startsWith("Healthy"));
    page.click("#sign-out");
    page.find("#token");
    page.reload();
    page.find("#token");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void a_sign_out_that_does_not_reach_the_server_says_so_and_can_be_tried_again() {
    var page = browser.openConsole(harness.up(Map.of("RECADO_ADMIN_TOKEN", TOKEN)).uri());
    page.find("#token").sendKeys(TOKEN + "\n");
    eventually().until(() -> page.verdict().startsWith("Healthy"));
    page.loseNextRequest();

    page.click("#sign-out");

    page.awaitText("#told", "Signing out did not work");
    assertThat(page.text("#trouble")).contains("does not answer");
    assertThat(page.has("#token")).isFalse();
    page.click("#sign-out");
    page.find("#token");
    page.reload();
    page.find("#token");
  }

  @Test
  @Tag("soak")
  void a_silent_server_is_noticed_and_so_is_its_return() {
    var settings = new HashMap<String, String>();
    var first = harness.up(settings);
    var page = browser.openConsole(first.uri());
    page.awaitText("#live", "Live");

    first.kill();

    page.awaitText("#live", "Not live since ");
    settings.put("RECADO_PORT", String.valueOf(first.uri().getPort()));
    harness.up(settings);
    eventually().until(() -> List.of("Live").contains(page.text("#live")));
    eventually().until(() -> page.verdict().startsWith("Healthy"));
  }
}
