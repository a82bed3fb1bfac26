package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the operators' console, which web has with it even where it serves no page. */
class ConsolePageTest {
  private static final Path PAGES = Path.of("../demo-frontend");

  @RegisterExtension final RunningWeb web = new RunningWeb();

  @ParameterizedTest
  @CsvSource({
    "/console, console/index.html, text/html;charset=utf-8",
    "/console/, console/index.html, text/html;charset=utf-8",
    "/console/console.js, console/console.js, text/javascript;charset=utf-8",
    "/console/views.css, console/views.css, text/css;charset=utf-8",
    "/console/style.css, style.css, text/css;charset=utf-8",
    "/console/icon.svg, icon.svg, image/svg+xml"
  })
  void each_file_is_served_as_what_it_is(String path, String file, String type) throws IOException {
    var answer = web.get(path).expect(200);
    assertThat(answer.text()).isEqualTo(Files.readString(PAGES.resolve(file)));
    assertThat(answer.header("Content-Type")).hasValue(type);
    assertThat(answer.header("ETag")).isPresent();
  }

  @Test
  void the_library_that_draws_comes_with_web() {
    var answer = web.get("/console/vendor/chart.js").expect(200);
    assertThat(answer.text()).startsWith("/*!\n * Chart.js v4.");
    assertThat(answer.header("Content-Type")).hasValue("text/javascript;charset=utf-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/console", "/console/console.js", "/console/vendor/chart.js"})
  void nothing_but_its_own_files_may_run_in_it(String path) {
    assertThat(web.get(path).header("Content-Security-Policy"))
        .hasValue(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  @Test
  void all_that_its_start_page_names_is_there() throws IOException {
    var start = Files.readString(PAGES.resolve("console/index.html"));
    var named = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"").matcher(start);
    assertThat(named.results().map(found -> found.group(1)).toList())
        .hasSizeGreaterThan(5)
        .allSatisfy(path -> web.get(path).expect(200));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/nothing.js",
        "/console/index.html/",
        "/console/vendor/",
        "/console/vendor/chart.umd.min.js",
        "/console/.git"
      })
  void what_is_not_of_the_console_is_a_404(String path) {
    web.get(path).expectProblem(404, "not_found");
  }
}
