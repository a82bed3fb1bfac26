package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may not come in, although he speaks HTTP well. */
class GateTest {
  private static final String TEXT = "{\"text\":\"Hi\"}";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  // ---- DNS rebinding ----

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST",
        "recado.localhost",
        "web",
        "recado.local:8080",
        "192.168.0.1",
        "[fe80::1]",
        "127.0.0.1",
        "127.1.2.3:99",
        "[::1]",
        "[::1]:8080",
        "jobs.recado.com",
        "JOBS.recado.COM:443"
      })
  void loopback_answers_to_names_no_stranger_can_own_and_to_those_it_was_given(String host) {
    assertThat(web.raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.com",
        "EVIL.com:8080",
        "evil.com.",
        "127.0.0.1.evil.com",
        "localhost.evil.com",
        "recado.com",
        "evil.jobs.recado.com",
        "1.2.3.4.com"
      })
  void a_name_that_a_stranger_may_own_is_refused(String host) {
    assertThat(web.raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ")
        .contains("\"code\":\"misdirected_request\"");
  }

  @Test
  void the_name_in_an_absolute_address_counts() {
    assertThat(web.raw("GET http://evil.com/ HTTP/1.0\r\nHost: evil.com\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ");
  }

  // ---- pages of other origins ----

  @ParameterizedTest
  @ValueSource(strings = {"cross-site", "same-site", "", "nonsense"})
  void a_page_of_another_origin_may_change_nothing(String site) {
    var id = web.submit("Hi");
    String[] header = {"Sec-Fetch-Site", site};
    web.postJson("/api/predict", TEXT, header).expectProblem(403, "cross_site_request");
    web.post("/api/jobs/" + id + "/cancel", header).expectProblem(403, "cross_site_request");
    web.delete("/api/jobs/" + id, header).expectProblem(403, "cross_site_request");
    assertThat(web.get("/api/jobs/" + id, header).expect(200).member("status")).isEqualTo("queued");
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-origin", "none"})
  void our_own_page_and_its_reader_may(String site) {
    web.postJson("/api/predict", TEXT, "Sec-Fetch-Site", site).expect(202);
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1, 202",
    "https://127.0.0.1:8443, 202",
    "http://localhost, 403",
    "https://evil.example, 403",
    "null, 403",
    "://, 403"
  })
  void without_the_site_the_origin_decides(String origin, int status) {
    web.postJson("/api/predict", TEXT, "Origin", origin).expect(status);
  }
}
