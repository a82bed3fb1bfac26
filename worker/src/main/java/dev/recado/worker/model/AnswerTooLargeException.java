package dev.recado.worker.model;

import java.io.IOException;

/** An answer went beyond {@link AnswerLimits}. */
final class AnswerTooLargeException extends IOException {
  AnswerTooLargeException(String what) {
    super(what);
  }
}
