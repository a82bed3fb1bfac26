package dev.recado.queue.rabbitmq;

import dev.recado.job.JobId;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A ring as bytes: {@code {"job_id":"…"}}. Fields that a later version adds are ignored; when it
 * changes the meaning of this one it has to say so by {@code "version":2}.
 */
final class RingFormat {
  static final String MEDIA_TYPE = "application/json";
  private static final int VERSION = 1;

  private final JsonMapper json = new JsonMapper();

  byte[] write(JobId job) {
    return json.writeValueAsBytes(Map.of("job_id", job.value()));
  }

  JobId read(byte[] body) throws UnreadableRingException {
    var message = parse(body);
    var version = message.path("version");
    if (!version.isMissingNode() && !(version.isInt() && version.intValue() == VERSION)) {
      throw new UnreadableRingException("of an unknown version");
    }
    return JobId.parse(message.path("job_id").asString(""))
        .orElseThrow(() -> new UnreadableRingException("without a well-formed job_id"));
  }

  /** The job that even a message which is no ring of ours may be about. */
  Optional<JobId> job(byte[] body) {
    try {
      return JobId.parse(parse(body).path("job_id").asString(""));
    } catch (UnreadableRingException notJson) {
      return Optional.empty();
    }
  }

  private JsonNode parse(byte[] body) throws UnreadableRingException {
    try {
      return json.readTree(body);
    } catch (JacksonException notJson) {
      throw new UnreadableRingException("not JSON");
    }
  }
}
