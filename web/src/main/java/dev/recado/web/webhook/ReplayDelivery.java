package dev.recado.web.webhook;

import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.api.JobPath;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;

/** {@code POST /api/jobs/{id}/deliveries/{delivery}/replay}: sends a delivery again. */
public final class ReplayDelivery implements Handler {
  private final JobStore store;
  private final Optional<Webhooks> webhooks;

  /** Changes this store; without a sender nothing is replayed. */
  public ReplayDelivery(JobStore store, Optional<Webhooks> webhooks) {
    this.store = store;
    this.webhooks = webhooks;
  }

  @Override
  public void handle(Context context) {
    var job = JobPath.job(context, store);
    var sender = webhooks.orElseThrow(() -> Problems.webhooksAreOff().asException());
    var delivery =
        store
            .deliveries()
            .replay(job.tenant(), job.id(), context.pathParam("delivery"))
            .orElseThrow(() -> Problems.deliveryNotFound().asException());
    sender.wake();
    Answers.json(context, 202, Json.object(json -> DeliveryJson.write(json, delivery)));
  }
}
