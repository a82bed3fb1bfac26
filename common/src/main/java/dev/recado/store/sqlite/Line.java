package dev.recado.store.sqlite;

import dev.recado.job.Priority;
import java.util.Locale;

/** Where a queued job stands, as it is counted. */
enum Line {
  HIGH,
  NORMAL,
  LOW,
  /** Its time has not come. A job that waits for its retry stands in line like others. */
  LATER;

  static Line of(Priority priority) {
    return switch (priority) {
      case HIGH -> HIGH;
      case NORMAL -> NORMAL;
      case LOW -> LOW;
    };
  }

  /** The line of a queued job. */
  static Line of(Priority priority, int attempt, boolean isPutOff) {
    return attempt == 0 && isPutOff ? LATER : of(priority);
  }

  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
