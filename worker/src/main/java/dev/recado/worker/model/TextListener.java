package dev.recado.worker.model;

/**
 * Hears the text of an answer while it comes in. All it hears is the beginning of the content of
 * the answer, if there is one; the rest, or the whole where the server sends no stream, comes with
 * the answer only. Runs on the thread that awaits the answer, so it must be quick and not throw.
 */
@FunctionalInterface
public interface TextListener {
  /** For whoever wants the answer only. */
  TextListener DEAF = _ -> {};

  /**
   * Hears what was said next.
   *
   * @param text not empty, and no half of a surrogate pair
   */
  void hear(String text);
}
