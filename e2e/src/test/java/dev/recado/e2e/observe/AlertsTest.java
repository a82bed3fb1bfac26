package dev.recado.e2e.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The alert rules, as Prometheus reads and runs them. */
@Tag("process")
class AlertsTest {
  static final String RULES = "docker/observability/alerts.yml";
  private static final String TESTS = "docker/observability/alerts-test.yml";
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

  @BeforeEach
  void promtool() {
    Promtool.assumeInstalled();
  }

  @Test
  void prometheus_understands_its_settings_and_rules() {
    assertThat(Promtool.run("", "check", "rules", RULES))
        .contains(alerts().size() + " rules found");
  }

  @Test
  void each_alert_fires_when_it_should_and_not_otherwise() throws IOException {
    assertThat(Promtool.run("", "test", "rules", TESTS)).contains("SUCCESS");

    var tests = Files.readString(Project.root().resolve(TESTS));
    assertThat(alerts())
        .allSatisfy(alert ->
            assertThat(tests).contains("- name: " + alert + "\n", "- name: no " + alert + "\n"));
  }

  /** No promtool is needed for this one, but where it is missing nothing of this class is shown. */
  @Test
  void the_run_book_has_a_word_on_each() throws IOException {
    var book = Files.readString(Project.root().resolve("docs/operations.md"));

    assertThat(alerts()).allSatisfy(alert -> assertThat(book).contains("### " + alert + "\n"));
  }

  private static Set<String> alerts() {
    var alerts = new TreeSet<String>();
    var matcher = ALERT.matcher(read());
    while (matcher.find()) {
      alerts.add(matcher.group(1));
    }
    assertThat(alerts).isNotEmpty();
    return alerts;
  }

  private static String read() {
    try {
      return Files.readString(Project.root().resolve(RULES));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
