package dev.recado.web.input;

import dev.recado.job.Priority;
import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads submissions and says what is wrong with them. Thread-safe. */
public final class SubmissionReader {
  static final String TEXT = "text";
  static final String SYSTEM = "system";
  static final String MAX_TOKENS = "max_tokens";
  static final String TEMPERATURE = "temperature";
  static final String MODEL = "model";
  private static final String DEADLINE_SECONDS = "deadline_seconds";
  static final String METADATA = "metadata";
  private static final String WEBHOOK = "webhook";
  private static final String PRIORITY = "priority";
  private static final String RUN_AT = "run_at";
  static final Set<String> KNOWN =
      Set.of(
          TEXT,
          MODEL,
          SYSTEM,
          MAX_TOKENS,
          TEMPERATURE,
          DEADLINE_SECONDS,
          METADATA,
          WEBHOOK,
          PRIORITY,
          RUN_AT);

  private static final String PRIORITIES =
      Arrays.stream(Priority.values())
          .map(Priority::wireName)
          .collect(Collectors.joining(", ", "must be one of ", ""));

  /** Every provider has its own way with names; what none has are blanks and controls. */
  static final Pattern MODEL_NAME = Pattern.compile("[!-~]+");

  static final String MODEL_FORM = "must be visible ASCII without blanks";

  private final WebhookRules webhooks;
  private final Clock clock;
  private final Bodies bodies;

  /** With these rules for webhooks; the clock says what is too far ahead. */
  public SubmissionReader(WebhookRules webhooks, Clock clock, Bodies bodies) {
    this.bodies = bodies;
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** Reads the body of a request; throws the problem if it is not a good one. */
  public Submission read(HttpServletRequest request) {
    JsonMediaType.require(request);
    var object = StrictJson.object(bodies.read(request));
    var errors = new FieldErrors();
    var submission = read(object, errors, KNOWN);
    if (hasNoText(object)) {
      throw Problems.noText(errors.all()).asException();
    }
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return submission;
  }

  private static boolean hasNoText(ObjectNode object) {
    var text = object.get(TEXT);
    return text == null || text.isNull() || (text.isString() && Texts.isBlank(text.stringValue()));
  }

  /**
   * With a field more that is allowed, and is for others to read; good only if there is no error.
   */
  Submission readBesides(String field, ObjectNode object, FieldErrors errors) {
    var known = new HashSet<>(KNOWN);
    known.add(field);
    return read(object, errors, known);
  }

  private Submission read(ObjectNode object, FieldErrors errors, Set<String> known) {
    var fields = new Fields(object, errors);
    fields.allow(known);
    var text = fields.text(TEXT, Limits.TEXT);
    if (hasNoText(object)) {
      errors.add(TEXT, Fault.REQUIRED, "must be there and must not be blank");
    }
    return new Submission(
        text == null ? "" : text,
        fields.text(MODEL, Limits.MODEL, MODEL_NAME, MODEL_FORM),
        fields.text(SYSTEM, Limits.SYSTEM),
        fields.wholeNumber(MAX_TOKENS, 1, Limits.MAX_TOKENS),
        fields.number(TEMPERATURE, 0, Limits.TEMPERATURE),
        seconds(fields.wholeNumber(DEADLINE_SECONDS, 1, (int) Limits.DEADLINE.toSeconds())),
        fields.labels(METADATA),
        fields.webhook(WEBHOOK, webhooks),
        fields.oneOf(PRIORITY, Priority::fromWireName, PRIORITIES),
        fields.time(RUN_AT, clock.instant(), Limits.AHEAD));
  }

  private static @Nullable Duration seconds(@Nullable Integer seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }
}
