package dev.recado.web.operator;

import static dev.recado.web.answer.JsonMembers.time;

import dev.recado.store.JobStore;
import dev.recado.web.answer.Answers;
import dev.recado.web.answer.Json;
import dev.recado.web.input.NumberRequest;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Clock;
import java.time.Duration;

/** {@code GET /api/console/statistics?minutes=60}: what happened, minute by minute. */
final class ReadStatistics implements Handler {
  private static final int USUAL = 60;
  private static final int MOST = (int) Duration.ofDays(1).toMinutes();

  private final JobStore store;
  private final Clock clock;

  ReadStatistics(JobStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public void handle(Context context) {
    var count = NumberRequest.of(context.queryString(), "minutes", USUAL, MOST);
    var window = Window.of(store.operations(), clock.instant(), count);
    Answers.json(context, 200, body(window));
  }

  private static byte[] body(Window window) {
    return Json.object(json -> {
      json.writeArrayPropertyStart("minutes");
      for (var minute : window.minutes()) {
        json.writeStartObject();
        time(json, "minute", minute.minute());
        StatisticsJson.write(json, minute);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectPropertyStart("summary");
      StatisticsJson.write(json, window.sum());
      json.writeEndObject();
    });
  }
}
