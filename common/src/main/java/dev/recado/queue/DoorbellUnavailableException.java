package dev.recado.queue;

/** The doorbell could not be asked; it may be later. */
public final class DoorbellUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what happened, for people, and its cause. */
  public DoorbellUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
