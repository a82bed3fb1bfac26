package dev.recado.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recado.job.JobResult;
import dev.recado.job.Settlement;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricsTest {
  private static final String REQUESTS = "http.server.request.duration";

  @RegisterExtension final RunningWeb web = new RunningWeb();

  @Test
  void they_are_shown_as_prometheus_reads_them() {
    web.submit("olá");

    var answer = web.get("/metrics").expect(200);

    assertThat(answer.header("Content-Type")).get().asString().contains("version=0.0.4");
    assertThat(answer.text()).contains("recado_queue_jobs{state=\"queued\"} 1.0");
  }

  @Test
  void a_request_is_told_by_its_route_and_its_status() {
    web.get("/api/jobs/no-job");

    await().untilAsserted(() -> assertThat(requests("GET", "/api/jobs/{id}", 404)).isEqualTo(1));
  }

  @Test
  void what_found_no_route_has_none() {
    web.get("/made/up");
    web.send("BREW", "/api/predict", RunningWeb.NOTHING);

    await().untilAsserted(() -> assertThat(requests("GET", "", 404)).isEqualTo(1));
    await().untilAsserted(() -> assertThat(requests("_OTHER", "", 405)).isEqualTo(1));
  }

  @Test
  void a_request_that_waits_is_told_when_it_is_answered_and_counted_until_then() {
    var job = web.submit("espere");
    Thread.startVirtualThread(() -> web.get("/api/result/" + job, "Prefer", "wait=30"));

    await().untilAsserted(() -> assertThat(held("wait")).isEqualTo(1));
    assertThat(held("stream")).isZero();
    assertThat(requests("GET", "/api/result/{id}", 200)).isZero();

    web.finish(new Settlement.Succeed(new JobResult("ok", null, null, "m", null, "stop")));

    await().untilAsserted(() -> assertThat(requests("GET", "/api/result/{id}", 200)).isEqualTo(1));
    await().untilAsserted(() -> assertThat(held("wait")).isZero());
  }

  @Test
  void a_store_that_cannot_be_read_keeps_nobody_from_the_other_metrics() {
    web.store.close();

    assertThat(web.get("/metrics").expect(200).text())
        .contains("recado_store_available 0.0", "recado_queue_jobs{state=\"queued\"} NaN");
  }

  private long requests(String method, String route, int status) {
    return registry()
        .find(REQUESTS)
        .tag("http.request.method", method)
        .tag("http.route", route)
        .tag("http.response.status_code", String.valueOf(status))
        .timers()
        .stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private double held(String kind) {
    return registry().get("recado.web.held.requests").tag("kind", kind).gauge().value();
  }

  private MeterRegistry registry() {
    return web.metrics.registry();
  }
}
