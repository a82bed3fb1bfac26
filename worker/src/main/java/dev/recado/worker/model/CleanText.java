package dev.recado.worker.model;

/** Text that can be stored and shown anywhere: no NUL, no half of a surrogate pair. */
final class CleanText {
  private static final char REPLACEMENT = '\uFFFD';

  private CleanText() {}

  static String of(CharSequence text) {
    StringBuilder clean = null;
    for (var i = 0; i < text.length(); i++) {
      if (isPair(text, i)) {
        i++;
      } else if (text.charAt(i) == 0 || Character.isSurrogate(text.charAt(i))) {
        clean = clean == null ? new StringBuilder(text) : clean;
        clean.setCharAt(i, REPLACEMENT);
      }
    }
    return clean == null ? text.toString() : clean.toString();
  }

  private static boolean isPair(CharSequence text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }
}
