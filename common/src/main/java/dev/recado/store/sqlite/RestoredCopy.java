package dev.recado.store.sqlite;

import dev.recado.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A backup in the place of a store. SQLite would apply a log that lies beside it, though it is the
 * log of the file that was there before, and so mix the two.
 */
final class RestoredCopy {
  private static final int HEADER = 100;
  private static final int WRITE_VERSION = 18;
  private static final byte WITHOUT_LOG = 1;

  private RestoredCopy() {}

  /** Refuses a copy beside another file's log. */
  static void requireAlone(Path file) {
    var log = SqliteFile.logOf(file);
    try {
      if (Files.exists(log) && Files.size(log) > 0 && isUnused(file)) {
        throw new StoreUnavailableException(
            "%s is a restored copy, and %s is the log of another file: move it away, and the file that ends in -shm"
                .formatted(file, log));
      }
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot read the job store at " + file, e);
    }
  }

  /**
   * A store that was ever opened has the mark of a file with a log; a copy gets it when it is first
   * opened. To close a file drops the locks that this process holds on it by way of SQLite, so it
   * is looked at before the store is opened, and only if there is a log.
   */
  private static boolean isUnused(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var header = in.readNBytes(HEADER);
      return header.length == HEADER && header[WRITE_VERSION] == WITHOUT_LOG;
    }
  }
}
