package dev.recado.store.sqlite;

import dev.recado.store.StoreDamagedException;
import dev.recado.store.StoreUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells what no retry mends, a damaged file or a failing disk, from what passes. */
final class Damage {
  private Damage() {}

  /**
   * Whether nothing may be written any more. After a failed sync the kernel takes the pages for
   * clean: a second try would succeed and prove nothing. A failed write is not among them: SQLite
   * undoes it, and a disk that is full by a quota fails so.
   */
  static boolean isIn(Throwable failure) {
    return failure instanceof SQLiteException sqlite && isDamage(sqlite.getResultCode());
  }

  private static boolean isDamage(SQLiteErrorCode code) {
    return switch (code) {
      case SQLITE_CORRUPT,
          SQLITE_CORRUPT_VTAB,
          SQLITE_CORRUPT_INDEX,
          SQLITE_CORRUPT_SEQUENCE,
          SQLITE_NOTADB,
          SQLITE_IOERR,
          SQLITE_IOERR_READ,
          SQLITE_IOERR_SHORT_READ,
          SQLITE_IOERR_FSYNC,
          SQLITE_IOERR_DIR_FSYNC,
          SQLITE_IOERR_TRUNCATE ->
          true;
      default -> false;
    };
  }

  static StoreDamagedException of(Path file, String finding) {
    return new StoreDamagedException(sentence(file, finding));
  }

  static StoreDamagedException of(Path file, Throwable cause) {
    return new StoreDamagedException(sentence(file, String.valueOf(cause.getMessage())), cause);
  }

  /** Why nothing is written any more, for people. */
  static StoreUnavailableException end(Path file, Throwable failure) {
    return isIn(failure)
        ? of(file, failure)
        : new StoreUnavailableException(
            "nothing can be written to the job store at %s any more (%s)".formatted(file, failure),
            failure);
  }

  /** What an opening or a write failed with, for people. */
  static StoreUnavailableException explain(Path file, Throwable failure) {
    var cause = sqlException(failure);
    if (isIn(cause)) {
      return of(file, cause);
    }
    return new StoreUnavailableException(
        "cannot open the job store at %s: %s".formatted(file, cause.getMessage()), failure);
  }

  private static String sentence(Path file, String finding) {
    return "the job store at %s is damaged, or its disk fails (%s): stop every process, look at the disk, restore a backup"
        .formatted(file, finding);
  }

  private static Throwable sqlException(Throwable failure) {
    var cause = failure.getCause();
    return failure instanceof SQLException || cause == null ? failure : sqlException(cause);
  }
}
