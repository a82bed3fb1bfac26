package dev.recado.store;

/**
 * The store's file is damaged, or its disk fails. Nothing more may be accepted, and starting again
 * does not help: somebody has to look, and may have to restore a backup.
 */
public final class StoreDamagedException extends StoreUnavailableException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong and what to do, for people. */
  public StoreDamagedException(String message, Throwable cause) {
    super(message, cause);
  }

  /** With what is wrong and what to do, for people. */
  public StoreDamagedException(String message) {
    super(message);
  }
}
