package dev.recado.worker.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an error means by its words, where a status alone would not tell. */
final class Wording {
  private static final List<String> NO_CREDIT_CODES =
      List.of(
          "insufficient_quota",
          "billing_hard_limit_reached",
          "billing_not_active",
          "insufficient_credits",
          "insufficient_balance",
          "credits_exhausted",
          "exceeded_current_quota_error",
          "budget_exceeded",
          "arrearage");
  private static final Pattern NO_CREDIT =
      words(
          "monthly included credits|credit balance is too low|insufficient (credits|balance)"
              + "|used all available credits|budget has been exceeded|key limit exceeded");

  private static final List<String> TOO_LONG_CODES =
      List.of("context_length_exceeded", "string_above_max_length", "exceed_context_size_error");
  private static final Pattern TOO_LONG =
      words(
          "context[ _](length|window|size)[^.]{0,60}exceed"
              + "|exceed[^.]{0,80}context[ _](length|window|size|limit)"
              + "|max(imum)? (context|prompt) (length|window)"
              + "|(longer|greater) than the (model'?s )?(maximum )?(context|model length)"
              + "|context the overflows|exceeded model token limit"
              + "|(prompt|input|request) is too long|input is too large to process"
              + "|(prompt|input) \\([^)]{1,40}\\) is too long"
              + "|prompt too long|too many (input )?tokens"
              + "|range of input length should be"
              + "|input token count[^.]{0,40}exceeds"
              + "|max_new_tokens`? must be <=|must have less than \\d+ tokens"
              + "|please reduce the length of");

  private static final List<String> UNKNOWN_MODEL_CODES =
      List.of(
          "model_not_found",
          "model_not_supported",
          "model_not_available",
          "model_decommissioned",
          "model_not_exist",
          "invalid_model",
          "unknown_model",
          "deploymentnotfound");
  private static final Pattern UNKNOWN_MODEL =
      words(
          "\\bmodels?\\b.{0,200}?(does not exist|not exist\\b|not found|(is |are )?not supported"
              + "|not available|not a valid|decommissioned|deprecated|no longer (available|supported))"
              + "|\\bmodel\\b.{0,200}? is too large to be loaded"
              + "|no models? (is |are )?loaded|no endpoints found for|no allowed providers"
              + "|(invalid|unknown|no such|unable to access|not a valid) model");

  private static final List<String> FILTERED_CODES =
      List.of(
          "content_filter",
          "content_policy_violation",
          "responsibleaipolicyviolation",
          "invalid_prompt",
          "data_inspection_failed",
          "datainspectionfailed");
  private static final Pattern FILTERED =
      words(
          "content (management )?policy|flagged by [^.]{0,40}moderation|content[ _]filter"
              + "|(prompt|input|content) was flagged|content exists risk|considered high risk"
              + "|violates (our |the )?(usage|safety) (policy|policies|guidelines)");

  private static final Pattern OVER_LIMIT_ALONE = words("request too large for");

  private static final Pattern RATE_LIMITED = words("rate[ -]?limit|too many requests");

  /** Kinds in the order in which they are looked for in an error inside a stream. */
  private static final List<Map.Entry<String, Integer>> STATUS_OF_KIND =
      List.of(
          Map.entry("ratelimit", 429),
          Map.entry("toomanyrequests", 429),
          Map.entry("throttl", 429),
          Map.entry("resourceexhausted", 429),
          Map.entry("overload", 529),
          Map.entry("timeout", 504),
          Map.entry("unavailable", 503),
          Map.entry("gateway", 502),
          Map.entry("upstream", 502),
          Map.entry("connection", 502),
          Map.entry("invalidapikey", 401),
          Map.entry("auth", 401),
          Map.entry("permission", 403),
          Map.entry("forbidden", 403),
          Map.entry("billing", 402),
          Map.entry("notfound", 404),
          Map.entry("badrequest", 400),
          Map.entry("invalidrequest", 400),
          Map.entry("validation", 422),
          Map.entry("template", 422),
          Map.entry("unprocessable", 422),
          Map.entry("internal", 500),
          Map.entry("server", 500),
          Map.entry("apierror", 500),
          Map.entry("generation", 500));

  private Wording() {}

  static boolean noCredit(ProviderError error) {
    return named(error, NO_CREDIT_CODES) || said(error, NO_CREDIT);
  }

  static boolean tooLong(ProviderError error) {
    return named(error, TOO_LONG_CODES) || said(error, TOO_LONG);
  }

  /** A complaint about another field of the request may well mention the model, too. */
  static boolean unknownModel(ProviderError error) {
    return namesUnknownModel(error)
        || ((error.param() == null || error.param().equals("model")) && said(error, UNKNOWN_MODEL));
  }

  /** Says so with its code, which words about a model that is just now away do not have. */
  static boolean namesUnknownModel(ProviderError error) {
    return named(error, UNKNOWN_MODEL_CODES);
  }

  /** OpenAI and Groq: a request that alone is more than the account may send in a minute. */
  static boolean overLimitAlone(ProviderError error) {
    return said(error, OVER_LIMIT_ALONE);
  }

  static boolean filtered(ProviderError error) {
    return named(error, FILTERED_CODES) || said(error, FILTERED);
  }

  /** A generation that broke down: TGI reports it with 424, which otherwise is a bad template. */
  static boolean brokeDown(ProviderError error) {
    return named(error, List.of("generation", "incomplete_generation"));
  }

  /** The status that an error inside a stream would have had outside. */
  static Optional<Integer> statusOf(ProviderError error) {
    if (error.status() != null) {
      return Optional.of(error.status());
    }
    var kind = letters(error.code()) + " " + letters(error.type());
    return STATUS_OF_KIND.stream()
        .filter(entry -> kind.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(() -> said(error, RATE_LIMITED) ? Optional.of(429) : Optional.empty());
  }

  private static boolean named(ProviderError error, List<String> names) {
    return names.contains(lower(error.code())) || names.contains(lower(error.type()));
  }

  private static boolean said(ProviderError error, Pattern words) {
    return error.message() != null && words.matcher(error.message()).find();
  }

  private static String letters(@Nullable String word) {
    return lower(word).replaceAll("[^a-z]", "");
  }

  private static String lower(@Nullable String word) {
    return word == null ? "" : word.toLowerCase(Locale.ROOT);
  }

  private static Pattern words(String alternatives) {
    return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }
}
