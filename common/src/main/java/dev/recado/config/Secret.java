package dev.recado.config;

/**
 * A text that must not be seen: it prints as stars, so that no log line, error or record gives it
 * away by accident.
 */
public final class Secret {
  private final String value;

  /** Hides this text. */
  public Secret(String value) {
    this.value = value;
  }

  /** The text itself, for the one who has to send it. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
