package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.job.JobId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /api/jobs}. */
class ListTest {
  @RegisterExtension final RunningWeb web = new RunningWeb();

  private List<String> submit(int count) {
    var ids = new ArrayList<String>();
    for (var i = 0; i < count; i++) {
      web.clock.advance(Duration.ofSeconds(1));
      ids.add(web.submit("text " + i).value());
    }
    return ids;
  }

  private static List<String> ids(Answer page) {
    return page.json().get("data").valueStream().map(job -> job.get("id").stringValue()).toList();
  }

  @Test
  void an_empty_list_is_a_list() {
    assertThat(web.get("/api/jobs").expect(200).text())
        .isEqualTo("{\"data\":[],\"next_cursor\":null,\"has_more\":false}");
  }

  @Test
  void jobs_come_newest_first_and_without_their_texts() {
    var ids = submit(3);
    var page = web.get("/api/jobs").expect(200);
    assertThat(ids(page)).containsExactlyElementsOf(ids.reversed());
    assertThat(page.text()).doesNotContain("text 0");
    assertThat(page.member("data/0/object")).isEqualTo("job");
    assertThat(page.member("data/0/status")).isEqualTo("queued");
  }

  @Test
  void pages_join_without_a_gap_or_a_repeat_while_jobs_come_in() {
    var ids = submit(5);
    var first = web.get("/api/jobs?limit=2").expect(200);
    assertThat(first.json().get("has_more").booleanValue()).isTrue();
    submit(2);
    var second = web.get("/api/jobs?limit=2&cursor=" + first.member("next_cursor"));
    submit(1);
    var third = web.get("/api/jobs?limit=2&cursor=" + second.member("next_cursor"));

    var seen = new ArrayList<String>();
    List.of(first, second, third).forEach(page -> seen.addAll(ids(page)));
    assertThat(seen).containsExactlyElementsOf(ids.reversed());
    assertThat(third.json().get("has_more").booleanValue()).isFalse();
    assertThat(third.json().get("next_cursor").isNull()).isTrue();
  }

  @Test
  void a_page_has_20_jobs_unless_asked_otherwise() {
    submit(21);
    assertThat(ids(web.get("/api/jobs"))).hasSize(20);
    assertThat(ids(web.get("/api/jobs?limit=100"))).hasSize(21);
    assertThat(ids(web.get("/api/jobs?limit=1"))).hasSize(1);
  }

  @Test
  void the_list_can_be_cut_by_status() {
    var ids = submit(3);
    web.finish(Samples.success());
    assertThat(ids(web.get("/api/jobs?status=succeeded"))).containsExactly(ids.get(0));
    assertThat(ids(web.get("/api/jobs?status=queued"))).containsExactly(ids.get(2), ids.get(1));
    assertThat(ids(web.get("/api/jobs?status=failed"))).isEmpty();
  }

  @Test
  void the_list_can_be_cut_by_time() {
    var ids = submit(3);
    assertThat(ids(web.get("/api/jobs?created_after=2026-11-21T12:00:02Z")))
        .containsExactly(ids.get(2), ids.get(1));
    assertThat(ids(web.get("/api/jobs?created_before=2026-11-21T12:00:02.000Z")))
        .containsExactly(ids.get(0));
    assertThat(ids(web.get("/api/jobs?created_before=2026-11-21T13:00:02%2B01:00")))
        .containsExactly(ids.get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-07-20T20:17:00Z"})
  void a_time_before_there_were_jobs_cuts_nothing_off(String longAgo) {
    submit(2);
    assertThat(ids(web.get("/api/jobs?created_after=" + longAgo))).hasSize(2);
    assertThat(ids(web.get("/api/jobs?created_before=" + longAgo))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          status=done,                             status
          status=,                                 status
          status=QUEUED,                           status
          status=cancelled,                        status
          limit=0,                                 limit
          limit=101,                               limit
          limit=-1,                                limit
          limit=1.5,                               limit
          limit=,                                  limit
          limit=٣,                                 limit
          limit=99999999999999999999,              limit
          limit=1&limit=2,                         limit
          created_after=yesterday,                 created_after
          created_after=2026-11-21,                created_after
          created_after=2026-11-21T12:00:00,       created_after
          created_after=2026-11-21T12:00:00+01:00, created_after
          created_before=2026-13-01T00:00:00Z,     created_before
          created_before=1762000000,               created_before
          created_before=-999999999-01-01T00:00:00Z, created_before
          cursor=,                                 cursor
          cursor=1,                                cursor
          cursor=AAAAAAAAAAAAAAAAAAAAAA,           cursor
          cursor=!!!!!!!!!!!!!!!!!!!!!!,           cursor
          cursor=%FF,                              cursor
          state=queued,                            state
          page=2,                                  page
          """)
  void a_bad_parameter_is_named(String query, String field) {
    var encoded = query.replace("٣", "%D9%A3").replace("!", "%21");
    var answer = web.get("/api/jobs?" + encoded);
    answer.expectProblem(400, "invalid_field");
    assertThat(answer.member("invalid_fields/0/field")).isEqualTo(field);
  }

  @Test
  void a_cursor_made_up_by_a_client_leads_nowhere_else() {
    submit(1);
    var first = web.get("/api/jobs?limit=1");
    assertThat(first.json().get("next_cursor").isNull()).isTrue();
    var ofAnUnknownJob =
        dev.recado.web.input.Cursor.after(new JobId("01a1fdfa-4600-76ec-bf1e-30bf11779443"));
    assertThat(ids(web.get("/api/jobs?cursor=" + ofAnUnknownJob)).size()).isLessThanOrEqualTo(1);
  }
}
