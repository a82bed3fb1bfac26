package dev.recado.web.webhook;

import dev.recado.delivery.ClaimedDelivery;
import dev.recado.job.Job;
import dev.recado.web.answer.Json;
import dev.recado.web.answer.JsonMembers;
import dev.recado.web.api.JobJson;
import java.util.function.BiConsumer;
import tools.jackson.core.JsonGenerator;

/** What a receiver is sent: the event with the job as the API shows it. */
final class Payload {
  /**
   * What Standard Webhooks advises, as many receivers take no more. A job with longer texts is sent
   * without them, and the receiver asks for them under the URLs that stand in it.
   */
  static final int LARGEST = 20_000;

  private Payload() {}

  static byte[] of(ClaimedDelivery delivery, Job job) {
    var whole = write(delivery, job, JobJson::writeWhole);
    return whole.length <= LARGEST ? whole : write(delivery, job, JobJson::writeListed);
  }

  private static byte[] write(
      ClaimedDelivery delivery, Job job, BiConsumer<JsonGenerator, Job> data) {
    return Json.object(json -> {
      json.writeStringProperty("type", delivery.event());
      JsonMembers.time(json, "timestamp", delivery.createdAt());
      json.writeObjectPropertyStart("data");
      data.accept(json, job);
      json.writeEndObject();
    });
  }
}
