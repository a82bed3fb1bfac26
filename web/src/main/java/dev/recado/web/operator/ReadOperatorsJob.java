package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.text;

import dev.recado.delivery.Delivery;
import dev.recado.job.Job;
import dev.recado.store.JobStore;
import dev.recado.trace.Traceparent;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.api.JobJson;
import dev.recado.web.api.JobPath;
import dev.recado.web.webhook.DeliveryJson;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/console/jobs/{id}}: a job's whole life, without its texts. */
final class ReadOperatorsJob implements Handler {
  private final JobStore store;
  private final Clock clock;

  ReadOperatorsJob(JobStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void handle(Context context) {
    var job = JobPath.job(context, store);
    var deliveries = store.deliveries().of(job.tenant(), job.id());
    var timeline = Timeline.of(job, deliveries, store, clock.instant());
    Answers.json(context, 200, body(job, timeline, deliveries));
  }

  private static byte[] body(Job job, List<Moment> timeline, List<Delivery> deliveries) {
    return Json.object(json -> {
      JobJson.writeBare(json, job);
      json.writeArrayPropertyStart("timeline");
      timeline.forEach(moment -> moment.write(json, job.createdAt()));
      json.writeEndArray();
      writeDeliveries(json, deliveries);
      text(json, "trace_id", Traceparent.traceId(job.traceparent()));
      writeCan(json, job);
      Explanation.write(json, explanation(job));
    });
  }

  private static void writeDeliveries(JsonGenerator json, List<Delivery> deliveries) {
    json.writeArrayPropertyStart("deliveries");
    for (var delivery : deliveries) {
      json.writeStartObject();
      DeliveryJson.write(json, delivery);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeCan(JsonGenerator json, Job job) {
    json.writeObjectPropertyStart("can");
    json.writeBooleanProperty("cancel", !job.state().isTerminal());
    json.writeBooleanProperty("retry", job.state().isTerminal() && !job.erased());
    json.writeEndObject();
  }

  /** Also of what a job that is being tried again has met. */
  private static @Nullable Explanation explanation(Job job) {
    return job.error() == null ? null : Explanation.of(job.error().code());
  }
}
