package dev.recado.web.input;

import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.ProblemException;
import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads batches and says what is wrong with them, the first few faults by name. Thread-safe. */
public final class BatchReader {
  private static final String CUSTOM_ID = "custom_id";
  private static final String REQUESTS = "requests";
  private static final String METADATA = "metadata";
  private static final String DEADLINE_SECONDS = "deadline_seconds";
  static final Set<String> KNOWN = Set.of(REQUESTS, METADATA, DEADLINE_SECONDS);
  static final Set<String> IN_QUERY = Set.of(DEADLINE_SECONDS);
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  private final SubmissionReader submissions;

  /** Reads each request as this one reads those that come alone. */
  public BatchReader(SubmissionReader submissions) {
    this.submissions = submissions;
  }

  /** Throws the problem if the request says that its body is of no kind that is read here. */
  public void requireForm(HttpServletRequest request) {
    BatchForm.of(request);
  }

  /**
   * Reads all of a batch; throws the problem if anything in it is wrong.
   *
   * @param each hears of each request that is right, before it is known whether all are
   */
  public BatchSubmission read(
      HttpServletRequest request, Upload upload, Consumer<BatchSubmission.Request> each)
      throws IOException {
    var reading = new Reading(each);
    reading.query(request.getQueryString());
    BatchForm.of(request).find(upload, reading);
    return reading.end();
  }

  private final class Reading implements BatchSource.Finder {
    private final FieldErrors errors = new FieldErrors(Limits.BATCH_FAULTS);
    private final Map<String, String> customIds = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Consumer<BatchSubmission.Request> each;
    private int requests;
    private Duration timeToLive = BatchSubmission.USUAL_TIME;
    private @Nullable ObjectNode metadata;

    Reading(Consumer<BatchSubmission.Request> each) {
      this.each = each;
    }

    /** Lines have no place for a field of the batch. */
    void query(@Nullable String raw) {
      var seconds = new QueryString(raw, IN_QUERY, errors).get(DEADLINE_SECONDS);
      if (seconds != null && !NUMBER.matcher(seconds).matches()) {
        errors.add(DEADLINE_SECONDS, Fault.WRONG_TYPE, "must be a whole number");
      } else if (seconds != null) {
        field(DEADLINE_SECONDS, seconds.getBytes(StandardCharsets.US_ASCII));
      }
    }

    @Override
    public boolean request(BatchSource.Place place, byte[] json) {
      if (requests == Limits.BATCH_REQUESTS) {
        errors.add(
            REQUESTS, Fault.OUT_OF_RANGE, "must be at most " + Limits.BATCH_REQUESTS + " requests");
        return false;
      }
      object(place, json).ifPresent(object -> request(place, object));
      requests++;
      return !errors.isFull();
    }

    private Optional<ObjectNode> object(BatchSource.Place place, byte[] json) {
      try {
        return Optional.of(StrictJson.object(json));
      } catch (ProblemException notAnObject) {
        errors.add(place.whole(), Fault.MALFORMED, words(notAnObject));
        return Optional.empty();
      }
    }

    private void request(BatchSource.Place place, ObjectNode object) {
      var inside = new FieldErrors(Limits.BATCH_FAULTS);
      var customId = customId(place, object, inside);
      var submission = submissions.readBesides(CUSTOM_ID, object, inside);
      if (customId != null && inside.isEmpty()) {
        each.accept(new BatchSubmission.Request(requests, customId, submission));
      }
      errors.addAll(place.inside(), inside);
    }

    // Said there of a body.
    private static String words(ProblemException problem) {
      return problem.problem().detail().replaceFirst("^the body ", "");
    }

    private @Nullable String customId(
        BatchSource.Place place, ObjectNode object, FieldErrors inside) {
      var fields = new Fields(object, inside);
      var customId = fields.text(CUSTOM_ID, Limits.CUSTOM_ID);
      if (customId == null || customId.isBlank()) {
        if (customId != null || !fields.isPresent(CUSTOM_ID)) {
          inside.add(CUSTOM_ID, Fault.REQUIRED, "must be there and must not be blank");
        }
        return null;
      }
      var before = customIds.putIfAbsent(customId, place.whole());
      if (before != null) {
        inside.add(CUSTOM_ID, Fault.MALFORMED, "must be unique; " + before + " has the same");
        return null;
      }
      return customId;
    }

    @Override
    public boolean tooLong(BatchSource.Place place) {
      errors.add(
          place.whole(), Fault.OUT_OF_RANGE, "must have at most " + Limits.BODY_BYTES + " bytes");
      requests++;
      return !errors.isFull();
    }

    @Override
    public boolean field(String name, byte[] json) {
      if (!KNOWN.contains(name)) {
        errors.unknown(name, KNOWN);
      } else if (!seen.add(name)) {
        errors.add(name, Fault.MALFORMED, "must be there only once");
      } else if (name.equals(REQUESTS) && json.length > 0) {
        errors.add(name, Fault.WRONG_TYPE, "must be an array of objects");
      } else if (!name.equals(REQUESTS)) {
        read(name, json);
      }
      return !errors.isFull();
    }

    private void read(String name, byte[] json) {
      try {
        var fields = new Fields(StrictJson.object(alone(name, json)), errors);
        fields.allow(Set.of(name));
        if (name.equals(METADATA)) {
          metadata = fields.labels(METADATA);
        } else {
          var most = (int) Limits.DEADLINE.toSeconds();
          var seconds = fields.wholeNumber(DEADLINE_SECONDS, 1, most);
          timeToLive = seconds == null ? timeToLive : Duration.ofSeconds(seconds);
        }
      } catch (ProblemException malformed) {
        errors.add(name, Fault.MALFORMED, "is not valid");
      }
    }

    /** As bytes: text would no longer show that it was no valid UTF-8. */
    private static byte[] alone(String name, byte[] json) {
      var object = new ByteArrayOutputStream();
      object.writeBytes(("{\"" + name + "\":").getBytes(StandardCharsets.UTF_8));
      object.writeBytes(json);
      object.write('}');
      return object.toByteArray();
    }

    BatchSubmission end() {
      if (requests == 0 && errors.isEmpty()) {
        errors.add(REQUESTS, Fault.REQUIRED, "must be there, at least one");
      }
      if (!errors.isEmpty()) {
        throw Problems.invalidFields(errors.all()).asException();
      }
      return new BatchSubmission(requests, timeToLive, metadata);
    }
  }
}
