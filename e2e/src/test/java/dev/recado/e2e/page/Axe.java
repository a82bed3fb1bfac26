package dev.recado.e2e.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** axe-core, the accessibility checker, run inside the page: WCAG 2.2 A and AA. */
final class Axe {
  private static final String SOURCE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  // target-size (WCAG 2.2) is not on by itself in this version.
  private static final String RUN =
      """
      return axe.run({
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        rules: {'target-size': {enabled: true}},
      }).then(result => result.violations.map(violation =>
          violation.id + ': ' + violation.nodes.map(node => node.html + ' ' + node.failureSummary).join('; ')));
      """;

  private Axe() {}

  /** What is wrong, a line each; empty if nothing is. */
  static List<?> violations(Scripted page) {
    page.run(source());
    return (List<?>) Objects.requireNonNull(page.run(RUN));
  }

  private static String source() {
    try (var script = Axe.class.getResourceAsStream(SOURCE)) {
      var bytes = Objects.requireNonNull(script, SOURCE).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
