package dev.recado.web.webhook;

import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.api.JobPath;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code GET /api/jobs/{id}/deliveries}: what was told about a job, and how it went. */
public final class ListDeliveries implements Handler {
  private final JobStore store;

  /** Reads from this store. */
  public ListDeliveries(JobStore store) {
    this.store = store;
  }

  @Override
  public void handle(Context context) {
    var job = JobPath.job(context, store);
    var deliveries = store.deliveries().of(job.tenant(), job.id());
    Answers.json(
        context,
        200,
        Json.object(json -> {
          json.writeArrayPropertyStart("data");
          for (var delivery : deliveries) {
            json.writeStartObject();
            DeliveryJson.write(json, delivery);
            json.writeEndObject();
          }
          json.writeEndArray();
        }));
  }
}
