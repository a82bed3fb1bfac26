package dev.recado.e2e.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two readers could read in two ways, through the edge and straight at web. Whatever
 * each makes of them, what hides in their bodies is never run, and nobody stumbles.
 */
@Tag("nginx")
@TestInstance(Lifecycle.PER_CLASS)
class SmugglingTest {
  private static final String HIDDEN =
      "POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: 19\r\n\r\n{\"text\":\"smuggled\"}";

  private static final Duration SILENCE = Duration.ofMillis(500);
  private static final Pattern STUMBLE =
      Pattern.compile("(?i)HTTP/1\\.1 50[0234]|<html|jetty|exception|\\bat [a-z]+\\.|java\\.");
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.1 [2345]");

  @RegisterExtension static final Harness harness = new Harness();

  private ApiClient web;
  private URI straight;
  private URI edge;

  @BeforeAll
  void start() {
    var recado = harness.up(Map.of());
    web = recado.client();
    straight = recado.uri();
    edge = harness.own(Nginx.before(straight, harness.folder())).uri();
  }

  /**
   * What stands between the first headers of a request and the hidden one. None of it has an end
   * that all readers see in the same place, or the next request would be no hidden one.
   */
  static Stream<String> tricks() {
    var chunkedHead = "Transfer-Encoding: chunked\r\n\r\n";
    var end = "\r\n\r\n0\r\n\r\n";
    var lengths =
        Stream.of(
            "0\r\nContent-Length: 5",
            "5\r\nContent-Length: 0",
            "0, 0, 5",
            "+0",
            "-0",
            "-1",
            "0x0",
            "0 0",
            "1e0",
            "0.0",
            "\u0660",
            "0;",
            "\"0\"",
            "0\u0000",
            "18446744073709551616",
            "9223372036854775808",
            "4294967296");
    var encodings =
        Stream.of(
            ": chunked\r\nContent-Length: 5",
            ": chunked\r\nContent-Length: 0",
            ": chunked, identity",
            ": identity",
            ": chunked, chunked",
            ": chunked\r\nTransfer-Encoding: chunked",
            ": chunked\r\nTransfer-Encoding: x",
            ": xchunked",
            ": chunkedx",
            ": chun ked",
            ": \"chunked\"",
            ": chunked;q=1",
            ": chunked\u0000",
            ": \u00A0chunked",
            ": \u000bchunked",
            " : chunked",
            "\t: chunked",
            "\u0000: chunked",
            ":\r\n chunked",
            ": chunked\r\n ,identity");
    var chunks =
        Stream.of(
            "0x0\r\n\r\n",
            "+0\r\n\r\n",
            "-0\r\n\r\n",
            "g\r\n\r\n",
            "\r\n0\r\n\r\n",
            ";x\r\n\r\n",
            "FFFFFFFFFFFFFFFF1\r\n\r\n",
            "10000000000000000\r\n\r\n",
            "7FFFFFFFFFFFFFFF\r\n",
            "1\r\nab\r\n0\r\n\r\n",
            "1\r\na0\r\n\r\n",
            "0;x=\r\r\n\r\n",
            "0\u0000\r\n\r\n");
    return Stream.of(
            lengths.map(length -> "Content-Length: " + length + "\r\n\r\n"),
            encodings.map(encoding -> "Transfer-Encoding" + encoding + end),
            chunks.map(chunk -> chunkedHead + chunk),
            Stream.of(
                "X: a\rTransfer-Encoding: chunked" + end,
                " Transfer-Encoding: chunked" + end,
                "\rContent-Length: 5\r\n\r\n"))
        .flatMap(trick -> trick);
  }

  @ParameterizedTest
  @MethodSource("tricks")
  void a_hidden_request_is_never_run(String trick) {
    for (var way : List.of(straight, edge)) {
      var answer =
          new RawHttp(way)
              .send("POST /api/ HTTP/1.1\r\nHost: localhost\r\n" + trick + HIDDEN, SILENCE);

      assertThat(STUMBLE.matcher(answer).find()).as(answer).isFalse();
      assertThat(STATUS_LINE.matcher(answer).results().count()).as(answer).isLessThanOrEqualTo(1);
    }
    assertThat(web.get("/api/jobs").body()).contains("\"data\":[]");
  }

  static Stream<String> paths() {
    return Stream.of(
        "/api/jobs/..%2fqueue",
        "/api/jobs/..%2f..%2freadyz",
        "/v1/models/..%2f..%2freadyz",
        "/v1/models/x%2f..%2f..%2f..%2freadyz",
        "/v1/models/x%2f.%2e%2f%2e.%2f..%2freadyz",
        "/v1/models%2fx",
        "/api/jobs/%2e%2e/queue",
        "/api/jobs/..%5cqueue",
        "/api/jobs/..;/queue",
        "/api/jobs;x=/..",
        "/api;/jobs",
        "//api/jobs",
        "/api//jobs",
        "/api/jobs%00",
        "/api/jobs%0d%0aX-Injected:%20yes",
        "/api/jobs/%250d%250a",
        "/api/jobs%c0%af",
        "/api/jobs%ff",
        "/api/jobs?a=%00",
        "/api/jobs?a=\u0000",
        "/api\\jobs",
        "/api/jobs\tHTTP/1.1",
        "/api/./jobs",
        "/..",
        "/api/jobs#/../.env",
        "http://localhost/../readyz",
        "http://other.example.com/api/jobs",
        "/%u002e%u002e/readyz",
        "/api/jobs%");
  }

  /** nginx may make of it another path that is everybody's; never one that is the operator's. */
  @ParameterizedTest
  @MethodSource("paths")
  void an_ambiguous_path_leads_nowhere_new(String path) {
    for (var way : List.of(straight, edge)) {
      var answer =
          new RawHttp(way)
              .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

      assertThat(STUMBLE.matcher(answer).find()).as(answer).isFalse();
      assertThat(answer).doesNotContainIgnoringCase("\nX-Injected");
      assertThat(path.contains("readyz") && answer.startsWith("HTTP/1.1 200")).isFalse();
    }
  }
}
