package dev.recado.job;

/**
 * Where a text may be cut. Whoever writes half of a surrogate pair to a file or a socket writes
 * another character.
 */
public final class Surrogates {
  private Surrogates() {}

  /** This index, or the one before it if it lies within a pair. */
  public static int notWithin(CharSequence text, int index) {
    return index > 0
            && index < text.length()
            && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index))
        ? index - 1
        : index;
  }
}
