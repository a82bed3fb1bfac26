package dev.recado.web.openai;

import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.problem.Problem;
import io.javalin.http.Context;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /v1/models}: the one model that is sure to be served, which is that of jobs that name
 * none. Other names are passed on to the model server, and only it knows which of them it serves.
 */
public final class Models {
  private final String model;
  private final Instant since;

  /** Serves this model since then. */
  public Models(String model, Instant since) {
    this.model = model;
    this.since = since;
  }

  /** All of them. */
  public void list(Context context) {
    Answers.json(
        context,
        200,
        Json.object(json -> {
          json.writeStringProperty("object", "list");
          json.writeArrayPropertyStart("data");
          json.writeStartObject();
          writeModel(json);
          json.writeEndObject();
          json.writeEndArray();
        }));
  }

  /** The one that the path names. */
  public void read(Context context) {
    if (!context.pathParam("model").equals(model)) {
      throw Problem.of(404, "model_not_found", "this model is not listed here").asException();
    }
    Answers.json(context, 200, Json.object(this::writeModel));
  }

  private void writeModel(JsonGenerator json) {
    json.writeStringProperty("id", model);
    json.writeStringProperty("object", "model");
    json.writeNumberProperty("created", since.getEpochSecond());
    json.writeStringProperty("owned_by", "recado");
  }
}
