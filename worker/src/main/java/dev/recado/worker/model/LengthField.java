package dev.recado.worker.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The two spellings of the longest answer wanted. Most servers know only the first; OpenAI's newer
 * models refuse it and want the second.
 */
enum LengthField {
  MAX_TOKENS("max_tokens"),
  MAX_COMPLETION_TOKENS("max_completion_tokens");

  private static final List<String> UNKNOWN_CODES =
      List.of("unsupported_parameter", "unknown_parameter", "extra_forbidden");
  private static final String BEFORE =
      "\\b(unsupported|unrecogni[sz]ed|unknown|unexpected)\\b(?! value)[^.]{0,60}\\b";
  private static final String AFTER =
      "\\b[^.]{0,60}\\b(unsupported|unrecogni[sz]ed|unknown|not (supported|permitted|allowed))\\b";

  private final String spelling;
  private final Pattern refusal;

  LengthField(String spelling) {
    this.spelling = spelling;
    this.refusal =
        Pattern.compile(BEFORE + spelling + "\\b|\\b" + spelling + AFTER, Pattern.CASE_INSENSITIVE);
  }

  String spelling() {
    return spelling;
  }

  LengthField other() {
    return this == MAX_TOKENS ? MAX_COMPLETION_TOKENS : MAX_TOKENS;
  }

  /**
   * Whether a server refuses the field itself. A complaint about its value (too large, for
   * instance) is none, though vLLM names both spellings in it.
   */
  boolean isRefusedBy(ProviderError error, String words) {
    if (error.param() != null && !error.param().equals(spelling)) {
      return false;
    }
    return (error.param() != null && error.code() != null && UNKNOWN_CODES.contains(error.code()))
        || refusal.matcher(words).find();
  }
}
