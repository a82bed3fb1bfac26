package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.text;
import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.queue.DeadLetter;
import dev.recado.queue.TaskPublisher;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.NumberRequest;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code GET /api/console/dead?limit=50}: messages that nobody could read. */
final class ListDeadLetters implements Handler {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  private final TaskPublisher publisher;

  ListDeadLetters(TaskPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public void handle(Context context) {
    var limit = NumberRequest.of(context.queryString(), "limit", USUAL, MOST);
    var letters = publisher.deadLetterBox().first(limit);
    // The count is of a moment ago, the letters are of now.
    var count = Math.max(letters.size(), publisher.deadLetters().orElse(0));
    Answers.json(context, 200, body(letters.size() < limit ? letters.size() : count, letters));
  }

  private static byte[] body(long count, List<DeadLetter> letters) {
    return Json.object(json -> {
      json.writeNumberProperty("count", count);
      json.writeArrayPropertyStart("data");
      letters.forEach(letter -> write(json, letter));
      json.writeEndArray();
    });
  }

  private static void write(JsonGenerator json, DeadLetter letter) {
    json.writeStartObject();
    json.writeStringProperty("key", letter.key());
    text(json, "job_id", letter.job() == null ? null : letter.job().value());
    json.writeStringProperty("reason", letter.reason());
    time(json, "at", letter.at());
    json.writeStringProperty("preview", letter.preview());
    json.writeEndObject();
  }
}
