package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.web.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page that web serves itself. */
class PageTest {
  private static final Path DEMO = Path.of("../demo-frontend");

  @RegisterExtension final RunningWeb web = new RunningWeb(Page.inFolder(DEMO));

  @ParameterizedTest
  @CsvSource({
    "/, index.html, text/html;charset=utf-8",
    "/index.html, index.html, text/html;charset=utf-8",
    "/app.js, app.js, text/javascript;charset=utf-8",
    "/style.css, style.css, text/css;charset=utf-8",
    "/icon.svg, icon.svg, image/svg+xml"
  })
  void each_file_is_served_as_what_it_is(String path, String file, String type) throws IOException {
    var answer = web.get(path).expect(200);
    assertThat(answer.text()).isEqualTo(Files.readString(DEMO.resolve(file)));
    assertThat(answer.header("Content-Type")).hasValue(type);
    assertThat(answer.header("Cache-Control")).hasValue("no-cache");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/app.js"})
  void nothing_but_its_own_files_may_run_in_it(String path) {
    var answer = web.get(path);
    assertThat(answer.header("Content-Security-Policy"))
        .hasValue(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.header("X-Frame-Options")).hasValue("DENY");
    assertThat(answer.header("Referrer-Policy")).hasValue("no-referrer");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).hasValue("same-origin");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).hasValue("same-origin");
    assertThat(answer.header("Permissions-Policy")).isPresent();
    assertThat(answer.header("X-Request-Id")).isPresent();
  }

  @Test
  void it_takes_exactly_as_long_a_text_as_the_server_does() throws IOException {
    var limit = Pattern.compile("<textarea[^>]* data-limit=\"(\\d+)\"");
    var told = limit.matcher(Files.readString(DEMO.resolve("index.html"))).results().toList();
    assertThat(told).hasSize(1);
    var longest = Integer.parseInt(told.getFirst().group(1));

    web.postJson("/api/predict", text(longest)).expect(202);
    web.postJson("/api/predict", text(longest + 1)).expect(400);
  }

  /** Letters of two bytes: the page and the server count in UTF-16 units, not in bytes. */
  private static String text(int length) {
    return "{\"text\":\"" + "ã".repeat(length) + "\"}";
  }

  @Test
  void an_unchanged_file_is_not_sent_again() {
    var mark = web.get("/app.js").header("ETag").orElseThrow();
    for (var marks : new String[] {mark, "W/" + mark, "\"other\", " + mark, "*"}) {
      var answer = web.get("/app.js", "If-None-Match", marks).expect(304);
      assertThat(answer.text()).isEmpty();
      assertThat(answer.header("ETag")).hasValue(mark);
      assertThat(answer.header("Content-Security-Policy")).isPresent();
    }
    web.get("/app.js", "If-None-Match", "\"other\"").expect(200);
  }

  @Test
  void head_knows_the_length() {
    var head = web.send("HEAD", "/app.js", RunningWeb.NOTHING).expect(200);
    assertThat(head.text()).isEmpty();
    assertThat(head.header("Content-Length"))
        .isEqualTo(web.get("/app.js").header("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing.js", "/App.js", "/.git", "/demo-frontend/app.js"})
  void what_is_not_of_the_page_is_a_404(String path) {
    web.get(path).expectProblem(404, "not_found");
  }

  @Test
  void the_page_is_only_read() {
    assertThat(web.post("/").expectProblem(405, "method_not_allowed").header("Allow"))
        .hasValue("GET, HEAD, OPTIONS");
  }

  @Test
  void the_api_is_where_it_was() {
    assertThat(web.get("/api/").expect(200).text()).isEqualTo("Hello, World!");
    web.submit("Hi");
  }
}
