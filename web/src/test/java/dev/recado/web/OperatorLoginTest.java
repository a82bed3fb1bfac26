package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.config.AccessSettings;
import dev.recado.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is an operator where there is a token. */
class OperatorLoginTest {
  private static final String TOKEN = "canary-of-24-characters!";
  private static final String[] BEARER = {"Authorization", "Bearer " + TOKEN};
  private static final String LOGIN = "/api/console/login";
  private static final String OVERVIEW = "/api/console/overview";
  private static final String PAUSE = "/api/console/pause";
  private static final String OURS = "http://127.0.0.1";
  private static final Set<String> FOR_ALL = Set.of("session", "login", "logout");

  @RegisterExtension final RunningWeb web = RunningWeb.withToken(TOKEN);

  private Answer logIn(String token, String... headers) {
    return web.postJson(LOGIN, "{\"token\":\"" + token + "\"}", headers);
  }

  private String[] session() {
    var cookie = logIn(TOKEN).expect(204).header("Set-Cookie").orElseThrow();
    return new String[] {"Cookie", cookie.split(";", 2)[0]};
  }

  private static String[] and(String[] header, String... more) {
    var all = new String[header.length + more.length];
    System.arraycopy(header, 0, all, 0, header.length);
    System.arraycopy(more, 0, all, header.length, more.length);
    return all;
  }

  // ---- the token itself ----

  @Test
  void without_a_token_an_operator_s_call_is_not_answered() {
    var closed =
        web.web.served().stream().filter(route -> route.contains("/api/console/")).toList();
    var open =
        closed.stream()
            .map(route -> route.split(" ", 2))
            .filter(route -> !route[0].equals("HEAD"))
            .filter(route -> answers(route[0], route[1]))
            .map(route -> route[1].replace("/api/console/", ""))
            .collect(Collectors.toSet());

    assertThat(closed).hasSizeGreaterThan(20);
    assertThat(open).isEqualTo(FOR_ALL);
  }

  private boolean answers(String method, String path) {
    var answer = web.send(method, path.replace("{id}", "1"), RunningWeb.NOTHING);
    if (answer.status() == 401) {
      answer.expectProblem(401, "operator_token_required");
      assertThat(answer.header("WWW-Authenticate")).hasValue("Bearer realm=\"recado\"");
      return false;
    }
    return true;
  }

  @Test
  void with_it_each_call_is_answered() {
    web.get(OVERVIEW, BEARER).expect(200);
    web.get(OVERVIEW, "Authorization", "bearer  " + TOKEN).expect(200);
    web.post(PAUSE, BEARER).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer",
        "Bearer ",
        "Bearer canary-of-24-characters",
        "Bearer canary-of-24-characters!!",
        "Bearer CANARY-OF-24-CHARACTERS!",
        "Bearer canary-of-24-characters!, Bearer x",
        "canary-of-24-characters!",
        "Basic Y2FuYXJ5LW9mLTI0LWNoYXJhY3RlcnMh",
        "Token canary-of-24-characters!"
      })
  void anything_else_is_not_the_token(String header) {
    web.get(OVERVIEW, "Authorization", header).expectProblem(401, "operator_token_required");
  }

  @Test
  void the_token_does_not_belong_into_the_address() {
    web.get(OVERVIEW + "?token=" + TOKEN).expectProblem(401, "operator_token_required");
  }

  @Test
  void a_token_of_any_size_is_just_wrong() {
    web.get(OVERVIEW, "Authorization", "Bearer " + "x".repeat(7_000)).expect(401);
    web.get(OVERVIEW, "Authorization", "Bearer " + "x".repeat(9_000)).expect(431);
    logIn("x".repeat(4_000)).expectProblem(401, "wrong_token");
    logIn("x".repeat(900_000)).expectProblem(400, "invalid_field");
    logIn("x".repeat(1_100_000)).expectProblem(413, "payload_too_large");
  }

  @Test
  void no_answer_repeats_the_token() {
    var answers =
        List.of(
            logIn(TOKEN),
            logIn(TOKEN + "x"),
            web.postJson(LOGIN, "{\"token\":[\"" + TOKEN + "\"]}"),
            web.postJson(LOGIN, "{\"token\":\"" + TOKEN),
            web.get("/api/console/session", BEARER),
            web.get(OVERVIEW, BEARER),
            web.get("/openapi.json"));

    for (var answer : answers) {
      assertThat(answer.response().headers().map() + answer.text()).doesNotContain("canary");
    }
  }

  // ---- sessions ----

  @Test
  void logging_in_opens_a_session_that_no_script_and_no_other_site_can_use() {
    var answer = logIn(TOKEN).expect(204);

    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("Set-Cookie").orElseThrow())
        .matches(
            "recado_session=[A-Za-z0-9_-]{75}; Path=/; HttpOnly; SameSite=Strict; Max-Age=43200");
    assertThat(logIn(TOKEN, "X-Forwarded-Proto", "https").header("Set-Cookie").orElseThrow())
        .endsWith("; Secure");
    assertThat(logIn(TOKEN).header("Set-Cookie")).isNotEqualTo(answer.header("Set-Cookie"));
  }

  @Test
  void the_page_itself_is_for_everybody_as_it_asks_who_it_is() {
    assertThat(web.get("/console").expect(200).text()).startsWith("<!doctype html>");
    web.get("/console/console.js").expect(200);
    web.get("/console/nothing.js").expectProblem(404, "not_found");
  }

  @Test
  void the_page_is_told_whether_its_user_has_logged_in() {
    assertThat(web.get("/api/console/session").expect(200).text())
        .isEqualTo("{\"required\":true,\"authenticated\":false}");
    assertThat(web.get("/api/console/session", session()).expect(200).text())
        .isEqualTo("{\"required\":true,\"authenticated\":true}");
  }

  @Test
  void a_session_is_as_good_as_the_token() {
    web.get(OVERVIEW, session()).expect(200);
    web.get(OVERVIEW, and(session(), "Authorization", "Basic Zm9vOmJhcg==")).expect(200);
    web.post(PAUSE, and(session(), "Origin", OURS)).expect(200);
  }

  @Test
  void a_session_ends_after_twelve_hours() {
    var session = session();
    web.clock.advance(Duration.ofHours(12).minusSeconds(1));
    web.get(OVERVIEW, session).expect(200);

    web.clock.advance(Duration.ofSeconds(1));

    web.get(OVERVIEW, session).expectProblem(401, "operator_token_required");
  }

  @Test
  void logging_out_has_the_browser_forget_it() {
    var answer = web.post("/api/console/logout", session()).expect(204);

    assertThat(answer.header("Set-Cookie").orElseThrow())
        .startsWith("recado_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
  }

  @Test
  void a_session_with_a_letter_changed_is_none() {
    var cookie = session()[1];
    for (var i = cookie.indexOf('=') + 1; i < cookie.length(); i++) {
      var other = cookie.charAt(i) == 'A' ? 'w' : 'A';
      var forged = cookie.substring(0, i) + other + cookie.substring(i + 1);
      web.get(OVERVIEW, "Cookie", forged).expect(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "canary-of-24-characters!", "%00", "\"\"", "é"})
  void what_is_no_session_is_none(String value) {
    web.get(OVERVIEW, "Cookie", "recado_session=" + value).expect(401);
    web.get(OVERVIEW, "Cookie", "recado_session=" + "A".repeat(75)).expect(401);
    web.get(OVERVIEW, "Cookie", "recado_session=" + "A".repeat(5_000)).expect(401);
  }

  @Test
  void a_cookie_that_another_site_has_planted_does_no_harm() {
    web.get(OVERVIEW, "Cookie", "recado_session=x; " + session()[1]).expect(200);
  }

  @Test
  void two_webs_with_one_token_share_their_sessions_and_a_new_token_ends_them() {
    var session = session();
    try (var other = web.anotherWeb()) {
      other.start();
      assertThat(status(other, session[1])).isEqualTo(200);
    }
    try (var other =
        web.anotherWeb(new AccessSettings(false, Optional.of(new Secret("x".repeat(16)))))) {
      other.start();
      assertThat(status(other, session[1])).isEqualTo(401);
    }
  }

  private static int status(WebApp other, String cookie) {
    try (var reader = EventReader.open(other.port(), OVERVIEW, "Cookie", cookie)) {
      return reader.status();
    }
  }

  // ---- pages of others ----

  @ParameterizedTest
  @CsvSource({
    "Origin, https://evil.example",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void a_page_of_another_origin_can_do_nothing_with_a_session(String name, String value) {
    web.post(PAUSE, and(session(), name, value)).expectProblem(403, "cross_site_request");
    assertThat(web.get("/api/queue").json().get("paused_since").isNull()).isTrue();
  }

  @Test
  void a_change_by_session_has_to_say_that_it_comes_from_our_page() {
    web.post(PAUSE, session()).expectProblem(403, "cross_site_request");
    web.post(PAUSE, and(session(), "Sec-Fetch-Site", "same-origin")).expect(200);
    web.post(PAUSE, BEARER).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=a"
      })
  void what_a_form_can_send_is_refused(String type) {
    // Without a body, as the refusal does not wait for one.
    web.post(LOGIN, "Content-Type", type).expectProblem(415, "unsupported_media_type");
    web.post(PAUSE, and(BEARER, "Content-Type", type)).expect(415);
  }

  @Test
  void no_other_origin_is_invited() {
    var answer = web.get(OVERVIEW, and(BEARER, "Origin", "https://evil.example")).expect(200);

    assertThat(answer.response().headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  // ---- guessing ----

  @Test
  void whoever_is_wrong_too_often_has_to_wait_even_with_the_right_one() {
    for (var i = 0; i < 5; i++) {
      logIn("wrong " + i).expectProblem(401, "wrong_token");
    }

    var refused = logIn(TOKEN).expectProblem(429, "rate_limit_exceeded");

    assertThat(refused.header("Retry-After")).hasValue("10");
    assertThat(refused.header("RateLimit-Policy")).hasValue("\"wrong-tokens\";q=5;w=50");
    assertThat(refused.header("RateLimit")).hasValue("\"wrong-tokens\";r=0;t=10");
    web.clock.advance(Duration.ofSeconds(10));
    logIn(TOKEN).expect(204);
  }

  @Test
  void guessing_with_each_call_is_no_way_around_it() {
    for (var i = 0; i < 5; i++) {
      web.get(OVERVIEW, "Authorization", "Bearer " + i).expect(401);
    }

    web.get(OVERVIEW, BEARER).expectProblem(429, "rate_limit_exceeded");
    logIn(TOKEN).expectProblem(429, "rate_limit_exceeded");
  }

  @Test
  void who_has_logged_in_is_not_disturbed_by_others_who_guess() {
    var session = session();
    for (var i = 0; i < 8; i++) {
      logIn("wrong");
    }

    web.get(OVERVIEW, session).expect(200);
    logIn(TOKEN, "X-Forwarded-For", "192.0.2.1").expect(204);
  }

  @Test
  void who_is_right_may_ask_as_often_as_he_likes() {
    for (var i = 0; i < 200; i++) {
      web.get("/api/console/dead", BEARER).expect(200);
    }
  }

  @Test
  void pretending_to_be_many_helps_only_so_far() {
    var statuses =
        IntStream.range(0, 60)
            .mapToObj(i -> logIn("wrong", "X-Forwarded-For", "192.0.2." + i).status())
            .toList();

    assertThat(statuses.subList(0, 50)).containsOnly(401);
    assertThat(statuses.subList(50, 60)).containsOnly(429);
    logIn(TOKEN, "X-Forwarded-For", "198.51.100.7").expect(429);
    web.clock.advance(Duration.ofSeconds(2));
    logIn(TOKEN, "X-Forwarded-For", "198.51.100.7").expect(204);
  }

  @Test
  void many_guesses_at_the_same_instant_are_paid_for_afterwards() throws Exception {
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var guesses =
          IntStream.range(0, 40).mapToObj(i -> clients.submit(() -> logIn("wrong"))).toList();
      for (var guess : guesses) {
        assertThat(guess.get().status()).isIn(401, 429);
      }
    }

    logIn(TOKEN).expect(429);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                          | token
          {"token":null}              | token
          {"token":7}                 | token
          {"token":"a","user":"root"} | user
          """)
  void a_log_in_without_a_token_names_what_is_missing(String body, String field) {
    var answer = web.postJson(LOGIN, body).expectProblem(400, "invalid_field");

    assertThat(answer.member("invalid_fields/0/field")).isEqualTo(field);
  }
}
