package dev.recado.store.sqlite;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite's write-ahead log as a file, to sync what was committed without. SQLite holds no locks on
 * it, which closing a second handle would end, and keeps it for as long as a connection is open.
 * For the writer's thread.
 */
final class LogFile implements AutoCloseable {
  private final Path path;
  private @Nullable FileChannel channel;

  /** The log at this path, which need not exist yet. */
  LogFile(Path path) {
    this.path = path;
  }

  /** Returns false if there is none: on a file system that cannot map it SQLite does without. */
  boolean open() {
    try {
      if (channel == null) {
        channel = FileChannel.open(path, StandardOpenOption.WRITE);
      }
      return true;
    } catch (IOException missing) {
      return false;
    }
  }

  /** Returns once all that was committed so far is on disk. For one that did {@link #open}. */
  void sync() throws SQLException {
    try {
      requireNonNull(channel).force(false);
    } catch (IOException failure) {
      throw failed(failure);
    }
  }

  // As SQLite tells of a sync of its own: what follows from it is the same.
  private static SQLException failed(IOException failure) {
    var code = SQLiteErrorCode.SQLITE_IOERR_FSYNC;
    var told = new SQLiteException(code + " " + failure.getMessage(), code);
    told.initCause(failure);
    return told;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
