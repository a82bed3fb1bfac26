package dev.recado.store;

/**
 * The store can not be read or written right now; the call changed nothing that can be relied on.
 */
public sealed class StoreUnavailableException extends RuntimeException
    permits StoreDamagedException {
  private static final long serialVersionUID = 1L;

  /** With what happened, for people. */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /** With what happened, for people, and its cause. */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
