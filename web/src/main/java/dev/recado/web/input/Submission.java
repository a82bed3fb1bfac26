package dev.recado.web.input;

import dev.recado.job.JobId;
import dev.recado.job.NewJob;
import dev.recado.job.Tenant;
import dev.recado.web.answer.Json;
import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client asks for with {@code POST /api/predict}, validated.
 *
 * @param text what the model is to work on
 * @param model which one; null means the worker's default
 * @param system how it is to behave
 * @param maxTokens how long its answer may be
 * @param temperature how freely it may answer
 * @param timeToLive how soon the answer must be there; null means the service's default
 * @param metadata the client's own labels
 * @param webhook the URL to call when the job has ended
 */
public record Submission(
    String text,
    @Nullable String model,
    @Nullable String system,
    @Nullable Integer maxTokens,
    @Nullable Double temperature,
    @Nullable Duration timeToLive,
    @Nullable ObjectNode metadata,
    @Nullable String webhook) {

  private static final String GENERATE = "generate";

  private static final String TEXT = "text";
  private static final String MODEL = "model";
  private static final String SYSTEM = "system";
  private static final String MAX_TOKENS = "max_tokens";
  private static final String TEMPERATURE = "temperature";
  private static final String DEADLINE_SECONDS = "deadline_seconds";
  private static final String METADATA = "metadata";
  private static final String WEBHOOK = "webhook";
  private static final Set<String> KNOWN =
      Set.of(TEXT, MODEL, SYSTEM, MAX_TOKENS, TEMPERATURE, DEADLINE_SECONDS, METADATA, WEBHOOK);

  /** Every provider has its own way with names; what none has are blanks and controls. */
  private static final Pattern MODEL_NAME = Pattern.compile("[!-~]+");

  /** Reads the body of a request; throws the problem if it is not a good one. */
  public static Submission of(HttpServletRequest request, WebhookRules webhooks) {
    JsonMediaType.require(request);
    return of(StrictJson.object(Body.read(request)), webhooks);
  }

  private static Submission of(ObjectNode object, WebhookRules webhooks) {
    var errors = new FieldErrors();
    var fields = new Fields(object, errors);
    fields.allow(KNOWN);
    var text = fields.text(TEXT, Limits.TEXT);
    var hasNoText = fields.isPresent(TEXT) ? text != null && text.isBlank() : true;
    if (hasNoText) {
      errors.add(TEXT, Fault.REQUIRED, "must be there and must not be blank");
    }
    var submission =
        new Submission(
            text == null ? "" : text,
            fields.text(MODEL, Limits.MODEL, MODEL_NAME, "must be visible ASCII without blanks"),
            fields.text(SYSTEM, Limits.SYSTEM),
            fields.wholeNumber(MAX_TOKENS, 1, Limits.MAX_TOKENS),
            fields.number(TEMPERATURE, 0, Limits.TEMPERATURE),
            seconds(fields.wholeNumber(DEADLINE_SECONDS, 1, (int) Limits.DEADLINE.toSeconds())),
            fields.labels(METADATA),
            fields.webhook(WEBHOOK, webhooks));
    if (hasNoText) {
      throw Problems.noText(errors.all()).asException();
    }
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return submission;
  }

  private static @Nullable Duration seconds(@Nullable Integer seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  /** The job to be made of it. */
  public NewJob asJob(JobId id, Duration usualTimeToLive) {
    return new NewJob(
        id,
        Tenant.DEFAULT,
        GENERATE,
        model,
        new String(Json.object(this::writeInput), StandardCharsets.UTF_8),
        metadata == null ? null : metadata.toString(),
        timeToLive == null ? usualTimeToLive : timeToLive,
        null,
        webhook);
  }

  private void writeInput(JsonGenerator json) {
    json.writeStringProperty(TEXT, text);
    if (system != null) {
      json.writeStringProperty(SYSTEM, system);
    }
    if (maxTokens != null) {
      json.writeNumberProperty(MAX_TOKENS, maxTokens);
    }
    if (temperature != null) {
      json.writeNumberProperty(TEMPERATURE, temperature);
    }
  }
}
