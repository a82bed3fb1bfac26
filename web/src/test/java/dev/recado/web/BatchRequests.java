package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How batches are sent to a web, and what becomes of them. */
record BatchRequests(RunningWeb web) {
  private static final JsonMapper MAPPER = new JsonMapper();

  static String line(int i) {
    return "{\"custom_id\":\"r%d\",\"text\":\"text %d\"}".formatted(i, i);
  }

  static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(BatchRequests::line)
        .collect(Collectors.joining("\n"));
  }

  Answer post(String lines, String... headers) {
    return postTo("/api/batches", lines, headers);
  }

  Answer postTo(String path, String lines, String... headers) {
    return postBytes(path, lines.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer postBytes(String path, byte[] lines, String... headers) {
    var all =
        Stream.concat(Stream.of("Content-Type", "application/jsonl"), Stream.of(headers))
            .toArray(String[]::new);
    return web.send("POST", path, BodyPublishers.ofByteArray(lines), all);
  }

  Answer postDocument(String members) {
    return web.postJson("/api/batches", "{" + members + "}");
  }

  /** A batch of so many, all of which are in the queue. */
  String accepted(int count) {
    var id = post(lines(count)).expect(202).member("batch_id");
    tend();
    return id;
  }

  /** Does what the sweeper does. */
  void tend() {
    while (web.store.batches().tend().hasMore()) {}
  }

  List<JsonNode> results(String batch, String query) {
    var answer = web.get("/api/batches/" + batch + "/results" + query).expect(200);
    assertThat(answer.header("Content-Type")).hasValue("application/jsonl");
    return answer.text().lines().map(MAPPER::readTree).toList();
  }
}
