package dev.recado.e2e.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Batches;
import dev.recado.e2e.Harness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Batches and OpenAI's shape, with the broker between web and worker. */
@Tag("process")
@Tag("broker")
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class ContractTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @RegisterExtension static final Harness harness = new Harness();

  private Split split;
  private ApiClient api;
  private Batches batches;
  private Chat chat;

  @BeforeAll
  void start() {
    split = new Split(harness);
    var web = split.web();
    split.worker(Map.of("RECADO_WORKER_CONCURRENCY", "16"));
    api = web.client();
    batches = new Batches(api);
    chat = new Chat(web);
  }

  @Test
  void the_counts_of_a_batch_are_live_and_its_results_are_whole() {
    var id = batches.leave(Batches.lines(160, "fake?repeat=1&latency=100"));

    var seen = new ArrayList<JsonNode>();
    await()
        .atMost(BOUND)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          var batch = batches.read(id);
          seen.add(batch.get("request_counts"));
          return batch.get("status").asString().equals("completed");
        });

    assertThat(seen).allMatch(counts -> sumOfStates(counts) == 160);
    assertThat(seen)
        .extracting(counts -> counts.get("succeeded").asInt())
        .isSorted()
        .anyMatch(succeeded -> succeeded > 0 && succeeded < 160)
        .last()
        .isEqualTo(160);
    assertWhole(batches.results(id), 160);
  }

  private static int sumOfStates(JsonNode counts) {
    return counts.valueStream().mapToInt(JsonNode::asInt).sum() - counts.get("total").asInt();
  }

  private static void assertWhole(List<JsonNode> results, int count) {
    assertThat(results).hasSize(count);
    for (var n = 0; n < count; n++) {
      var line = results.get(n);
      assertThat(line.get("custom_id").asString()).isEqualTo("request-" + n);
      assertThat(line.get("index").asInt()).isEqualTo(n);
      assertThat(line.at("/result/content").asString()).isEqualTo("text " + n);
    }
  }

  @Test
  void a_document_is_a_batch_as_lines_are() {
    var id = batches.leaveDocument(40, "fake?repeat=1");

    assertThat(batches.awaitDone(id, BOUND).get("status").asString()).isEqualTo("completed");
    assertWhole(batches.results(id), 40);
  }

  @Test
  void a_canceled_batch_keeps_what_has_ended_and_cuts_what_runs() {
    var id = batches.leave(Batches.lines(200, "fake?repeat=1&latency=700"));
    await().atMost(BOUND).until(() -> batches.count(id, "succeeded") >= 16);

    assertThat(batches.cancel(id).statusCode()).isEqualTo(200);

    await().atMost(Duration.ofSeconds(5)).until(() -> split.model().open() == 0);
    assertThat(batches.awaitDone(id, BOUND).get("status").asString()).isEqualTo("canceled");
    var succeeded = batches.count(id, "succeeded");
    assertThat(succeeded).isBetween(16, 100);
    assertThat(batches.count(id, "canceled")).isEqualTo(200 - succeeded);
    var results = batches.results(id);
    assertThat(results).hasSize(200);
    assertThat(results)
        .filteredOn(line -> line.get("error").isNull())
        .hasSize(succeeded)
        .allMatch(line -> line.at("/result/content").asString().startsWith("text "));
    assertThat(results)
        .filteredOn(line -> !line.get("error").isNull())
        .allMatch(line -> line.at("/error/code").asString().equals("job_canceled"));
  }

  @Test
  void a_chat_waits_for_its_answer() throws Exception {
    var answer = chat.ask("whole", "fake?latency=300&text=Claro!", "whole").get();

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(content(answer.body())).isEqualTo("Claro!");
    assertThat(api.content(Chat.job(answer))).isEqualTo("Claro!");
  }

  private static String content(String completion) {
    return JsonMapper.shared().readTree(completion).at("/choices/0/message/content").asString();
  }

  @Test
  void a_chat_is_streamed_while_the_model_speaks() {
    try (var answer = chat.stream("streamed", "fake?tokens=20&tps=20")) {
      assertThat(answer.status()).isEqualTo(200);
      answer.awaitText(1);
      assertThat(api.status(answer.job())).isEqualTo("processing");

      answer.toEnd();

      assertThat(answer.isComplete()).isTrue();
      assertThat(answer.text()).startsWith("w0 w1 ").endsWith(" w19");
      assertThat(api.content(answer.job())).isEqualTo(answer.text());
    }
  }

  @Test
  void what_a_stream_had_left_to_say_is_collected_by_the_name_of_its_job() {
    var answer = chat.stream("cut stream", "fake?tokens=20&tps=20");
    answer.awaitText(6).close();

    api.awaitDone(answer.job(), BOUND);

    assertThat(api.content(answer.job())).startsWith(answer.text()).endsWith(" w19");
    assertThat(split.model().calls("cut stream")).isEqualTo(1);
  }

  @Test
  void an_answer_whose_line_was_cut_is_met_again_under_its_key() throws Exception {
    var cut = chat.ask("cut line", "fake?count=1&latency=1500", "cut");
    await().atMost(BOUND).until(() -> split.model().calls("cut line") == 1);
    assertThat(cut.cancel(true)).isTrue();

    var again = chat.ask("cut line", "fake?count=1&latency=1500", "cut").get();

    assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
    assertThat(content(again.body())).isEqualTo("call 1");
    assertThat(api.content(Chat.job(again))).isEqualTo("call 1");
    assertThat(split.model().calls("cut line")).isEqualTo(1);
  }
}
