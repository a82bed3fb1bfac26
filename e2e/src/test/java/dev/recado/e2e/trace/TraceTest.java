package dev.recado.e2e.trace;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.e2e.ApiClient;
import dev.recado.e2e.Harness;
import dev.recado.e2e.RecadoProcess;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job's way as a trace, in one process. */
@Tag("process")
class TraceTest {
  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  @RegisterExtension final Harness harness = new Harness();

  private Collector collector;

  @BeforeEach
  void start() throws IOException {
    collector = harness.own(Collector.start());
  }

  private RecadoProcess up(Map<String, String> more) {
    var settings = new HashMap<>(collector.settings());
    settings.put("MODEL_URL", harness.model().url());
    settings.put("HUGGINGFACE_API_KEY", "hf_canaryOfKey");
    settings.putAll(more);
    return harness.up(settings);
  }

  private static String submit(ApiClient client, String model, String... headers) {
    var body =
        "{\"text\":\"canaryOfText\",\"system\":\"canaryOfSystem\",\"model\":\"" + model + "\"}";
    var all = new String[headers.length + 2];
    System.arraycopy(headers, 0, all, 2, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/json";
    var answer = client.send("POST", "/api/predict", ofString(body), all);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return ApiClient.json(answer).get("job_id").asString();
  }

  @Test
  void a_job_is_one_trace_from_its_client_to_the_model_and_no_text_is_in_it() {
    var client = up(Map.of()).client();
    var id = submit(client, "fake?text=%63anaryOfAnswer", "traceparent", header("01"));
    var job = client.awaitDone(id, BOUND);

    var spans = collector.awaitTrace(TRACE, 3);

    assertThat(job.get("trace_id").asString()).isEqualTo(TRACE);
    assertThat(ApiClient.json(client.result(id)).get("trace_id").asString()).isEqualTo(TRACE);
    var server = SeenSpan.of(SpanKind.SPAN_KIND_SERVER, spans);
    var process = SeenSpan.of(SpanKind.SPAN_KIND_CONSUMER, spans);
    var chat = SeenSpan.of(SpanKind.SPAN_KIND_CLIENT, spans);
    assertThat(spans).hasSize(3).allMatch(span -> span.service().equals("recado"));
    assertThat(server.parent()).isEqualTo(PARENT);
    assertThat(process.parent()).isEqualTo(server.id());
    assertThat(chat.parent()).isEqualTo(process.id());
    assertThat(server.name()).isEqualTo("POST /api/predict");
    assertThat(server.attributes())
        .containsEntry("http.route", "/api/predict")
        .containsEntry("http.response.status_code", "202")
        .containsEntry("recado.job.id", id);
    assertThat(process.attributes())
        .containsEntry("recado.job.id", id)
        .containsEntry("recado.job.attempt", "1")
        .containsEntry("recado.job.outcome", "succeeded");
    assertThat(chat.name()).startsWith("chat fake?");
    assertThat(chat.attributes())
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "127.0.0.1")
        .containsEntry("gen_ai.response.finish_reasons", "[stop]")
        .containsEntry("server.address", "127.0.0.1")
        .containsKeys(
            "gen_ai.request.model",
            "gen_ai.response.model",
            "gen_ai.usage.input_tokens",
            "gen_ai.usage.output_tokens");
    assertThat(collector.everything()).doesNotContain("canaryOf");
  }

  @Test
  void each_retry_is_a_span_of_the_same_trace_and_no_complaint_is_in_it() {
    var client = up(Map.of()).client();
    var id = submit(client, "fake?status=500&quote=1&times=1");
    var trace = client.awaitDone(id, BOUND).get("trace_id").asString();

    var spans = collector.awaitTrace(trace, 5);

    assertThat(spans)
        .extracting(SeenSpan::kind)
        .filteredOn(SpanKind.SPAN_KIND_CLIENT::equals)
        .hasSize(2);
    assertThat(spans)
        .filteredOn(span -> span.kind() == SpanKind.SPAN_KIND_CONSUMER)
        .extracting(span -> span.attributes().get("recado.job.outcome"))
        .containsExactlyInAnyOrder("retried", "succeeded");
    assertThat(spans)
        .extracting(span -> span.attributes().get("error.type"))
        .contains("provider_overloaded");
    assertThat(collector.everything()).doesNotContain("canaryOf");
  }

  @Test
  void each_job_of_a_batch_is_a_trace_of_its_own_linked_to_the_request_that_left_it() {
    var client = up(Map.of()).client();
    var requests =
        """
        {"requests":[{"custom_id":"a","text":"canaryOfText","model":"fake?tokens=1"},
                     {"custom_id":"b","text":"canaryOfText","model":"fake?tokens=1"}]}\
        """;
    var answer =
        client.send(
            "POST",
            "/api/batches",
            ofString(requests),
            "Content-Type",
            "application/json",
            "traceparent",
            header("01"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);

    var attempts = collector.spans().await(span -> span.kind() == SpanKind.SPAN_KIND_CONSUMER, 2);

    var request = SeenSpan.of(SpanKind.SPAN_KIND_SERVER, collector.awaitTrace(TRACE, 1));
    assertThat(request.name()).isEqualTo("POST /api/batches");
    assertThat(attempts)
        .hasSize(2)
        .allMatch(attempt -> attempt.parent().isEmpty())
        .allMatch(attempt -> attempt.linked().equals(TRACE + "-" + request.id()))
        .extracting(SeenSpan::traceId)
        .doesNotHaveDuplicates()
        .doesNotContain(TRACE);
    var calls = collector.spans().await(span -> span.kind() == SpanKind.SPAN_KIND_CLIENT, 2);
    assertThat(calls)
        .extracting(SeenSpan::parent)
        .containsExactlyInAnyOrderElementsOf(attempts.stream().map(SeenSpan::id).toList());
    assertThat(collector.everything()).doesNotContain("canaryOf");
  }

  @Test
  void a_collector_that_speaks_grpc_is_told_the_same() throws IOException {
    var other = harness.own(GrpcCollector.start());
    var client = up(other.settings()).client();
    var id = submit(client, "fake?tokens=1");
    var trace = client.awaitDone(id, BOUND).get("trace_id").asString();

    var spans = other.spans().awaitTrace(trace, 3);

    assertThat(spans)
        .extracting(SeenSpan::kind)
        .containsExactlyInAnyOrder(
            SpanKind.SPAN_KIND_SERVER, SpanKind.SPAN_KIND_CONSUMER, SpanKind.SPAN_KIND_CLIENT);
    assertThat(collector.calls()).isZero();
  }

  @Test
  void what_makes_no_sense_begins_a_new_trace_and_who_does_not_want_one_recorded_gets_none() {
    var client = up(Map.of()).client();
    var odd =
        submit(client, "fake?tokens=1", "traceparent", "00-" + TRACE + "-0000000000000000-01");
    var quiet = submit(client, "fake?tokens=1", "traceparent", header("00"));
    var fresh = client.awaitDone(odd, BOUND).get("trace_id").asString();
    assertThat(fresh).isNotEqualTo(TRACE);
    assertThat(client.awaitDone(quiet, BOUND).get("trace_id").asString()).isEqualTo(TRACE);

    collector.awaitTrace(fresh, 3);

    assertThat(collector.spans().all(span -> span.traceId().equals(TRACE))).isEmpty();
    assertThat(collector.spans().all(span -> span.name().contains("health"))).isEmpty();
  }

  @Tag("soak") // ten seconds of waiting
  @Test
  void a_collector_that_hangs_delays_neither_jobs_nor_the_stop_for_long() {
    collector.hang();
    var up = up(Map.of());
    var client = up.client();
    for (var i = 0; i < 20; i++) {
      assertThat(client.awaitDone(submit(client, "fake?tokens=1"), BOUND).get("status").asString())
          .isEqualTo("succeeded");
    }
    assertThat(collector.calls()).isPositive();

    var begin = System.nanoTime();
    assertThat(up.stop()).isZero();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
  }

  @Test
  @Tag("soak")
  void a_collector_that_is_away_is_told_in_the_log_and_the_last_spans_go_out_with_the_stop() {
    var up = up(Map.of("OTEL_BSP_SCHEDULE_DELAY", "60000"));
    var client = up.client();
    var id = submit(client, "fake?tokens=1");
    var trace = client.awaitDone(id, BOUND).get("trace_id").asString();
    assertThat(collector.calls()).isZero();

    assertThat(up.stop()).isZero();

    assertThat(collector.awaitTrace(trace, 3)).hasSize(3);
    collector.close();
    var other = up(Map.of("OTEL_JAVA_EXPORTER_OTLP_RETRY_DISABLED", "true"));
    other.client().awaitDone(submit(other.client(), "fake?tokens=1"), BOUND);
    await().atMost(BOUND).until(() -> other.log().contains("WARN  Telemetry: Traces: Failed"));
    assertThat(other.log().lines()).noneMatch(line -> line.contains("\tat "));
  }

  private static String header(String flags) {
    return "00-" + TRACE + "-" + PARENT + "-" + flags;
  }
}
