package dev.recado.web.input;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What no text may hold, because not everything behind us can store it and give it back. */
final class Texts {
  private Texts() {}

  /** Whether there is nothing to read in it; Java's own question takes hard blanks for letters. */
  static boolean isBlank(String text) {
    return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  /** The fault of a text in words, if it has one. */
  static Optional<String> fault(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == 0) {
        return Optional.of("must not contain the character U+0000");
      }
      if (Character.isSurrogate(c)) {
        if (!isPair(text, i)) {
          return Optional.of("must not contain half of a surrogate pair");
        }
        i++;
      }
    }
    return Optional.empty();
  }

  /** The same for all texts and names within, and for numbers that would not stay such. */
  static Optional<String> faultWithin(JsonNode node) {
    if (node.isString()) {
      return fault(node.stringValue());
    }
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      return Optional.of("must not contain a number that is too large");
    }
    return Stream.concat(
            node.propertyStream().map(member -> fault(member.getKey())),
            node.valueStream().map(Texts::faultWithin))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
