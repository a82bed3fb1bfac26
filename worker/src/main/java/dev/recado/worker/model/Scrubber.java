package dev.recado.worker.model;

import dev.recado.worker.model.ModelRequest.Message;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a server's words fit to be stored and shown: without keys, without the prompt, on one short
 * line. Servers echo both, whole or in pieces. For one thread.
 */
final class Scrubber {
  static final int LONGEST = 300;

  private static final String GONE = "[…]";

  // From the first of many backslashes, and never back: from each of them to the last, and back
  // again, a prompt of nothing else would take hours.
  private static final Pattern UNICODE_ESCAPE = Pattern.compile("(?<!\\\\)\\\\++u([0-9a-fA-F]{4})");
  private static final Pattern OTHER_ESCAPE = Pattern.compile("(?<!\\\\)\\\\++([nrt\"'/]?)");
  private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}");
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\s\\u2028\\u2029]+");
  private static final List<Pattern> SECRETS =
      List.of(
          Pattern.compile("(?i)\\bbearer\\s+[^\\s\"',;]+"),
          Pattern.compile("\\b(sk|pk|rk|hf|gsk|r8|xai|nvapi|csk|pplx|tgp)[-_][\\w*.-]{3,}"),
          Pattern.compile("\\bAIza[\\w-]{10,}"),
          Pattern.compile("(?<![\\w-])eyJ[\\w-]{5,}+\\.[\\w.-]+"),
          Pattern.compile("(?<=://)[^/\\s@]+@"),
          Pattern.compile(
              "(?i)(?<=(api[-_ ]key|authorization|access_token|password|secret)[\"']?[=:]\\s?)"
                  + "[^\\s,;}]+"));

  private final List<String> secrets;
  private final List<Message> messages;
  private @Nullable SaidTexts said;

  Scrubber(@Nullable String key, List<Message> messages) {
    this.secrets = key == null ? List.of() : List.of(key);
    this.messages = messages;
  }

  /** Read only once it is needed: each call has a scrubber, and most calls nothing to scrub. */
  private SaidTexts said() {
    if (said == null) {
      said = new SaidTexts(messages.stream().flatMap(Scrubber::texts).map(Scrubber::plain));
    }
    return said;
  }

  /** What stands beside the content (tool calls) was said in the conversation too. */
  private static Stream<String> texts(Message message) {
    var rest = message.rest().isEmpty() ? null : message.rest().toString();
    return Stream.of(message.content(), rest).filter(Objects::nonNull);
  }

  /** The words, scrubbed and cut to {@link #LONGEST} characters. */
  String scrub(String words) {
    return cut(unsaid(words), LONGEST);
  }

  /** The words, scrubbed. */
  String unsaid(String words) {
    var text = plain(words);
    for (var secret : secrets) {
      text = text.replace(secret, GONE);
    }
    for (var pattern : SECRETS) {
      text = pattern.matcher(text).replaceAll(GONE);
    }
    return said().replacedIn(text, GONE);
  }

  /** At most so many characters, and no half of a surrogate pair at the end. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    var end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  /** Control and bidi characters could forge a log line or turn a page's text around. */
  static String oneLine(String text) {
    var visible = INVISIBLE.matcher(text).replaceAll("");
    return UNPRINTABLE.matcher(visible).replaceAll(" ").strip();
  }

  /**
   * Servers quote JSON inside JSON; an escaped prompt is still the prompt. One may have backslashes
   * of its own, so words and prompts are compared in this form.
   */
  private static String plain(String text) {
    var plain =
        UNICODE_ESCAPE
            .matcher(text)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    return oneLine(OTHER_ESCAPE.matcher(plain).replaceAll(Scrubber::unescaped));
  }

  private static String unescaped(MatchResult escape) {
    return switch (escape.group(1)) {
      case "n", "r", "t" -> " ";
      case "" -> Matcher.quoteReplacement("\\");
      case String sign -> sign;
    };
  }
}
