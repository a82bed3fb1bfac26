package dev.recado.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which of the waiting jobs come first; in this order. */
public enum Priority {
  /** Before all others. */
  HIGH(0),
  /** What a job has that says nothing. */
  NORMAL(1),
  /** What can wait, such as the jobs of a batch. */
  LOW(2);

  private final int rank;

  Priority(int rank) {
    this.rank = rank;
  }

  /** Its place among them, from 0; stores keep it. */
  public int rank() {
    return rank;
  }

  /** The spelling in the HTTP contract: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The priority with this spelling, if there is one. */
  public static Optional<Priority> fromWireName(String wireName) {
    return Arrays.stream(values())
        .filter(priority -> priority.wireName().equals(wireName))
        .findFirst();
  }
}
