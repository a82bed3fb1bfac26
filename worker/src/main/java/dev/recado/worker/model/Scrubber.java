package dev.recado.worker.model;

import dev.recado.worker.model.ModelRequest.Message;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes a server's words fit to be stored and shown: without keys, without the prompt, on one short
 * line. Servers echo both, whole or in pieces.
 */
final class Scrubber {
  static final int LONGEST = 300;

  private static final String GONE = "[…]";

  /** A piece of the prompt that is shorter than this tells nothing. */
  private static final int PIECE = 8;

  // From the first of many backslashes, and never back: from each of them to the last, and back
  // again, a prompt of nothing else would take hours.
  private static final Pattern UNICODE_ESCAPE = Pattern.compile("(?<!\\\\)\\\\++u([0-9a-fA-F]{4})");
  private static final Pattern OTHER_ESCAPE = Pattern.compile("(?<!\\\\)\\\\++([nrt\"'/])");
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
  private final List<String> texts;

  Scrubber(@Nullable String key, List<Message> messages) {
    secrets = key == null ? List.of() : List.of(key);
    texts = messages.stream().flatMap(Scrubber::texts).map(Scrubber::oneLine).toList();
  }

  /** What stands beside the content (tool calls) was said in the conversation too. */
  private static Stream<String> texts(Message message) {
    var rest = message.rest().isEmpty() ? null : unescaped(message.rest().toString());
    return Stream.of(message.content(), rest).filter(Objects::nonNull);
  }

  /** The words, scrubbed and cut to {@link #LONGEST} characters. */
  String scrub(String words) {
    return cut(unsaid(words), LONGEST);
  }

  /** The words, scrubbed. */
  String unsaid(String words) {
    var text = oneLine(unescaped(words));
    for (var secret : secrets) {
      text = text.replace(secret, GONE);
    }
    for (var pattern : SECRETS) {
      text = pattern.matcher(text).replaceAll(GONE);
    }
    return withoutTexts(text);
  }

  /** Long ones all at once: what one of them has left of another would be too short to be known. */
  private String withoutTexts(String words) {
    var echoed = new HashSet<String>();
    texts.stream().filter(Scrubber::isLong).forEach(text -> echoed.addAll(echoed(text, words)));
    var rest = echoed.isEmpty() ? words : withoutPieces(echoed, words);
    for (var text : texts) {
      rest = isLong(text) || text.isEmpty() ? rest : withoutWord(text, rest);
    }
    return rest;
  }

  private static boolean isLong(String text) {
    return text.length() >= PIECE;
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

  /** Servers quote JSON inside JSON; an escaped prompt is still the prompt. */
  private static String unescaped(String text) {
    var plain =
        UNICODE_ESCAPE
            .matcher(text)
            .replaceAll(found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    return OTHER_ESCAPE
        .matcher(plain)
        .replaceAll(found -> "nrt".contains(found.group(1)) ? " " : found.group(1));
  }

  private static String withoutWord(String word, String text) {
    var whole = "(?<![\\p{L}\\p{N}])" + Pattern.quote(word) + "(?![\\p{L}\\p{N}])";
    return Pattern.compile(whole).matcher(text).replaceAll(GONE);
  }

  /** The pieces that prompt and text share; made from the shorter one, as prompts can be long. */
  private static Set<String> echoed(String prompt, String text) {
    var ofText = new HashSet<String>();
    for (var i = 0; i + PIECE <= text.length(); i++) {
      ofText.add(text.substring(i, i + PIECE));
    }
    var shared = new HashSet<String>();
    for (var i = 0; i + PIECE <= prompt.length() && !ofText.isEmpty(); i++) {
      var piece = prompt.substring(i, i + PIECE);
      if (ofText.contains(piece)) {
        shared.add(piece);
      }
    }
    return shared;
  }

  private static String withoutPieces(Set<String> echoed, String text) {
    var kept = new StringBuilder();
    var goneUntil = 0;
    for (var i = 0; i < text.length(); i++) {
      if (i + PIECE <= text.length() && echoed.contains(text.substring(i, i + PIECE))) {
        kept.append(i < goneUntil || (goneUntil > 0 && i == goneUntil) ? "" : GONE);
        goneUntil = i + PIECE;
      }
      if (i >= goneUntil) {
        kept.append(text.charAt(i));
      }
    }
    return kept.toString();
  }
}
