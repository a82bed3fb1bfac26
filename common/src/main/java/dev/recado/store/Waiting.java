package dev.recado.store;

import dev.recado.job.Priority;

/**
 * How many jobs are queued.
 *
 * @param high those of high priority whose time has come, or who wait for a retry
 * @param normal the like of normal priority
 * @param low the like of low priority
 * @param later those that are not to be started yet
 */
public record Waiting(long high, long normal, long low, long later) {

  /** All of them. */
  public long total() {
    return inLine() + later;
  }

  /** Those that a worker could have, now or after their retry. */
  public long inLine() {
    return upTo(Priority.LOW);
  }

  /** Those in line with this priority. */
  public long of(Priority priority) {
    return switch (priority) {
      case HIGH -> high;
      case NORMAL -> normal;
      case LOW -> low;
    };
  }

  /** Those in line that come before a job of this priority which comes now. */
  public long upTo(Priority priority) {
    return switch (priority) {
      case HIGH -> high;
      case NORMAL -> high + normal;
      case LOW -> high + normal + low;
    };
  }
}
