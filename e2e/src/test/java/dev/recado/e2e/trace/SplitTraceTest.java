package dev.recado.e2e.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recado.e2e.Harness;
import dev.recado.rabbitmq.QueueAdmin;
import dev.recado.testing.PrivateBroker;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job's way as a trace, through web, RabbitMQ and a worker. */
@Tag("process")
@Tag("broker")
class SplitTraceTest {
  private static final Duration BOUND = Duration.ofSeconds(30);

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void a_job_is_one_trace_across_web_broker_and_worker() throws IOException {
    assumeTrue(PrivateBroker.isInstalled(), "rabbitmq-server is not installed");
    var broker = harness.own(PrivateBroker.started());
    var collector = harness.own(Collector.start());
    var settings = new HashMap<>(collector.settings());
    settings.put("RABBITMQ_URL", "amqp://guest:guest@" + broker.settings().address());
    settings.put("MODEL_URL", harness.model().url());
    var client = harness.web(settings).client();
    var id = client.submit("canaryOfText", "fake?text=%63anaryOfAnswer");
    var admin = harness.own(new QueueAdmin(broker));
    await().atMost(BOUND).until(() -> admin.ready("task_queue") == 1);
    var header = admin.takeHeader("task_queue", "traceparent").orElseThrow();
    harness.worker(settings);
    var trace = client.awaitDone(id, BOUND).get("trace_id").asString();

    var spans = collector.awaitTrace(trace, 4);

    var server = SeenSpan.of(SpanKind.SPAN_KIND_SERVER, spans);
    var send = SeenSpan.of(SpanKind.SPAN_KIND_PRODUCER, spans);
    var process = SeenSpan.of(SpanKind.SPAN_KIND_CONSUMER, spans);
    var chat = SeenSpan.of(SpanKind.SPAN_KIND_CLIENT, spans);
    assertThat(server.service()).isEqualTo("recado-web");
    assertThat(server.parent()).isEmpty();
    assertThat(send.service()).isEqualTo("recado-web");
    assertThat(send.name()).isEqualTo("send task_queue");
    assertThat(send.parent()).isEqualTo(server.id());
    assertThat(header).startsWith("00-" + trace + "-" + send.id() + "-0");
    assertThat(send.attributes()).containsEntry("messaging.system", "rabbitmq");
    assertThat(process.service()).isEqualTo("recado-worker");
    assertThat(process.name()).isEqualTo("process task_queue");
    assertThat(process.parent()).isEqualTo(server.id());
    assertThat(chat.parent()).isEqualTo(process.id());
    assertThat(collector.everything()).doesNotContain("canaryOf");
  }
}
