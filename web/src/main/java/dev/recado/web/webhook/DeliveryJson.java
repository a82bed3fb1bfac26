package dev.recado.web.webhook;

import static dev.recado.web.answer.JsonMembers.number;
import static dev.recado.web.answer.JsonMembers.text;
import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.delivery.Attempt;
import dev.recado.delivery.Delivery;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** How a delivery looks in JSON. */
public final class DeliveryJson {
  private DeliveryJson() {}

  /** All of it. */
  public static void write(JsonGenerator json, Delivery delivery) {
    json.writeStringProperty("id", delivery.id());
    json.writeStringProperty("event", delivery.event());
    json.writeStringProperty("status", delivery.state().wireName());
    json.writeNumberProperty("attempts", delivery.attempts());
    time(json, "created_at", delivery.createdAt());
    time(json, "next_attempt_at", delivery.nextAttemptAt());
    writeAttempt(json, delivery.lastAttempt());
  }

  private static void writeAttempt(JsonGenerator json, @Nullable Attempt attempt) {
    if (attempt == null) {
      json.writeNullProperty("last_attempt");
      return;
    }
    json.writeObjectPropertyStart("last_attempt");
    time(json, "at", attempt.at());
    number(json, "status", attempt.status());
    text(json, "error", attempt.error());
    json.writeNumberProperty("duration_ms", attempt.took().toMillis());
    json.writeEndObject();
  }
}
