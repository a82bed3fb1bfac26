package dev.recado.worker.model;

import dev.recado.job.JobError;
import dev.recado.job.JobResult;
import dev.recado.worker.model.ModelAnswer.Refused;
import dev.recado.worker.model.ModelAnswer.Remedy;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Writes refusals: classified, scrubbed, with the server's advice and a hint for the operator. */
final class Refusals {
  private static final Pattern PROVIDER_NAME = Pattern.compile("[\\w.-]{1,40}");
  private static final int LONGEST_ID = 200;

  /** None in its headers, which are about something else: some send Retry-After with each. */
  private static final Headers ADVICE_OF_A_SUCCESS = Headers.of();

  private static final String KEY_NAME = " (HUGGINGFACE_API_KEY)";

  private final ModelServer server;
  private final String host;
  private final Scrubber scrubber;
  private final Clock clock;

  Refusals(ModelServer server, ModelRequest request, Clock clock) {
    this.server = server;
    this.host = server.endpoint().host();
    this.scrubber = new Scrubber(server.key(), request.messages());
    this.clock = clock;
  }

  /** The server answered with a status that is no success. */
  Refused status(int status, Headers headers, ProviderError said) {
    var error = said.isSilent() ? ProviderError.saying(headers.get("x-error-message")) : said;
    var refusal = Diagnosis.of(status, error);
    var remedy = RetryAdvice.remedy(refusal, status, headers);
    var delay = delay(remedy, headers, error);
    var text = who(headers) + " answered " + status + colon(words(error)) + hint(refusal, status);
    var id = requestId(headers, error);
    return new Refused(error(refusal, remedy, text, status, id), remedy, delay, null);
  }

  /** The server broke off a stream with an error. */
  Refused inStream(Headers headers, ProviderError error, @Nullable JobResult partial) {
    var refusal = Diagnosis.inStream(error);
    var status = Wording.statusOf(error).orElse(200);
    var text = who(headers) + " broke off with an error" + colon(words(error));
    var id = requestId(headers, error);
    var remedy = refusal.remedy();
    var delay = delay(remedy, ADVICE_OF_A_SUCCESS, error);
    return new Refused(error(refusal, remedy, text, status, id), remedy, delay, partial);
  }

  /** The server answered with a success that is none. */
  Refused noAnswer(
      Refusal refusal, int status, Headers headers, String why, @Nullable JobResult partial) {
    var text = who(headers) + " answered " + status + " " + scrubber.unsaid(why);
    return unadvised(
        refusal, text, status, requestId(headers, ProviderError.saying(null)), partial);
  }

  /** There was no answer at all. */
  Refused network(Refusal refusal, String why) {
    return unadvised(refusal, host + " " + scrubber.unsaid(why), null, null, null);
  }

  /** The server's words without what must not be shown. */
  String words(ProviderError error) {
    return Stream.of(error.message(), error.code(), error.type())
        .filter(Objects::nonNull)
        .findFirst()
        .map(scrubber::scrub)
        .orElse("");
  }

  private @Nullable Duration delay(Remedy remedy, Headers headers, ProviderError error) {
    return remedy == Remedy.NONE ? null : RetryAdvice.delay(headers, error, clock.instant());
  }

  private static Refused unadvised(
      Refusal refusal,
      String text,
      @Nullable Integer status,
      @Nullable String requestId,
      @Nullable JobResult partial) {
    var remedy = refusal.remedy();
    return new Refused(error(refusal, remedy, text, status, requestId), remedy, null, partial);
  }

  private static JobError error(
      Refusal refusal,
      Remedy remedy,
      String text,
      @Nullable Integer status,
      @Nullable String requestId) {
    var message = Scrubber.cut(text, Scrubber.LONGEST);
    var retryable = retryable(refusal, remedy);
    return new JobError(refusal.code(), message, source(refusal), status, retryable, requestId);
  }

  private static JobError.Source source(Refusal refusal) {
    return refusal == Refusal.LATE ? JobError.Source.RECADO : JobError.Source.PROVIDER;
  }

  /** A job that ran out of time may well succeed with more of it. */
  private static boolean retryable(Refusal refusal, Remedy remedy) {
    return remedy != Remedy.NONE || refusal == Refusal.LATE;
  }

  private String who(Headers headers) {
    var provider = headers.get("x-inference-provider");
    var known = provider != null && PROVIDER_NAME.matcher(provider).matches();
    return known ? host + " (" + provider + ")" : host;
  }

  private @Nullable String requestId(Headers headers, ProviderError error) {
    return Stream.of("x-request-id", "request-id", "x-amzn-requestid", "cf-ray")
        .map(headers::get)
        .filter(id -> id != null && !id.isBlank())
        .findFirst()
        .or(() -> Optional.ofNullable(error.requestId()))
        .map(id -> Scrubber.cut(scrubber.unsaid(id), LONGEST_ID))
        .orElse(null);
  }

  private String hint(Refusal refusal, int status) {
    if (status >= 300 && status < 400) {
      return ". It redirects, which is not followed: MODEL_URL must be the final address";
    }
    return switch (refusal) {
      case AUTH -> (server.key() == null ? ". No key is set" : ". Check the key") + KEY_NAME;
      case BAD_REQUEST ->
          switch (status) {
            case 404, 405 -> ". Check MODEL_URL";
            case 410 -> ". MODEL_URL is out of date";
            default -> "";
          };
      default -> "";
    };
  }

  private static String colon(String words) {
    return words.isEmpty() ? "" : ": " + Scrubber.cut(words, 200);
  }
}
