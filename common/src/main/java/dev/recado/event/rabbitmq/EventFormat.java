package dev.recado.event.rabbitmq;

import dev.recado.event.JobEvent;
import dev.recado.event.JobEvent.EndForetold;
import dev.recado.event.JobEvent.OutputGrew;
import dev.recado.event.JobEvent.StateChanged;
import dev.recado.event.JobEvent.TakenAway;
import dev.recado.job.JobId;
import dev.recado.job.JobState;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as bytes: {@code {"events":[{"type":"state_changed","job_id":"…","state":"queued"}]}}. One
 * message carries many, as a busy system has several for each job. Whatever is not understood, such
 * as an event that a later version added, is left out.
 */
final class EventFormat {
  static final String MEDIA_TYPE = "application/json";
  private static final String STATE_CHANGED = "state_changed";
  private static final String END_FORETOLD = "end_foretold";
  private static final String OUTPUT_GREW = "output_grew";
  private static final String TAKEN_AWAY = "taken_away";

  private final JsonMapper json = new JsonMapper();

  byte[] write(List<JobEvent> events) {
    var bytes = new ByteArrayOutputStream();
    try (var to = json.createGenerator(bytes)) {
      to.writeStartObject();
      to.writeArrayPropertyStart("events");
      events.forEach(event -> write(event, to));
      to.writeEndArray();
      to.writeEndObject();
    }
    return bytes.toByteArray();
  }

  List<JobEvent> read(byte[] body) {
    try {
      return json.readTree(body)
          .path("events")
          .valueStream()
          .flatMap(event -> event(event).stream())
          .toList();
    } catch (JacksonException notOurs) {
      return List.of();
    }
  }

  private static void write(JobEvent event, JsonGenerator to) {
    to.writeStartObject();
    to.writeStringProperty("job_id", event.job().value());
    switch (event) {
      case StateChanged(_, var state) -> {
        to.writeStringProperty("type", STATE_CHANGED);
        to.writeStringProperty("state", state.wireName());
      }
      case OutputGrew(_, var attempt) -> {
        to.writeStringProperty("type", OUTPUT_GREW);
        to.writeNumberProperty("attempt", attempt);
      }
      case EndForetold _ -> to.writeStringProperty("type", END_FORETOLD);
      case TakenAway _ -> to.writeStringProperty("type", TAKEN_AWAY);
    }
    to.writeEndObject();
  }

  private static Optional<JobEvent> event(JsonNode fields) {
    var job = JobId.parse(text(fields, "job_id"));
    return switch (text(fields, "type")) {
      case STATE_CHANGED -> job.flatMap(id -> stateChanged(id, text(fields, "state")));
      case END_FORETOLD -> job.map(EndForetold::new);
      case OUTPUT_GREW -> job.map(id -> new OutputGrew(id, fields.path("attempt").asInt(0)));
      case TAKEN_AWAY -> job.map(TakenAway::new);
      default -> Optional.empty();
    };
  }

  private static Optional<JobEvent> stateChanged(JobId job, String state) {
    return JobState.fromWireName(state).map(known -> new StateChanged(job, known));
  }

  private static String text(JsonNode fields, String name) {
    return fields.path(name).asString("");
  }
}
