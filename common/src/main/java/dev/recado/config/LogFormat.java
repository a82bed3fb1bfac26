package dev.recado.config;

import java.util.Locale;

/** What a line of the log looks like. */
public enum LogFormat {
  /** A sentence, for people. */
  TEXT,
  /** An object with flat members, for machines. */
  JSON;

  /** The spelling in the settings. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
