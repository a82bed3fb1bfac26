package dev.recado.store.sqlite;

import dev.recado.job.WorkerId;
import dev.recado.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Locks that tell whether a worker's process still exists: each worker holds one byte of an empty
 * file beside the store, and the kernel lets go of it when the process ends, however it ends. All
 * processes on a store run on one kernel, as SQLite's own locks need that, too.
 *
 * <p>A process that ends its last channel to a file loses all its locks on that file (POSIX,
 * fcntl), so there is one channel, open for as long as the store. A lock that this process holds
 * itself is never asked for again: the JVM knows it and says so.
 *
 * <p>Thread-safe.
 */
final class Lifelines implements AutoCloseable {
  private final FileChannel file;
  private final SecureRandom places = new SecureRandom();
  private final Map<WorkerId, FileLock> held = new ConcurrentHashMap<>();

  private Lifelines(FileChannel file) {
    this.file = file;
  }

  /**
   * Those of the store in this file.
   *
   * @throws StoreUnavailableException if the file beside it cannot be opened
   */
  static Lifelines of(Path store) {
    try {
      // Processes that come by way of different links must meet.
      var real = store.toRealPath();
      return new Lifelines(
          FileChannel.open(
              real.resolveSibling(real.getFileName() + "-life"),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              SqliteFile.OWNER_ONLY));
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot open what lies beside the job store", e);
    }
  }

  /** Holds a lifeline for this worker; returns its place, by which others find it. */
  long hold(WorkerId worker) {
    while (true) {
      var place = places.nextLong(Long.MAX_VALUE);
      var lock = tryLock(place);
      if (lock != null) {
        held.put(worker, lock);
        return place;
      }
    }
  }

  /** Lets go of a worker's lifeline, if it has one here. */
  void release(WorkerId worker) {
    var lock = held.remove(worker);
    if (lock != null) {
      release(lock);
    }
  }

  /**
   * Whether nobody holds the lifeline at this place: then its worker's process has ended. Of two
   * processes that ask at the same instant one may be told that it is held.
   */
  boolean isLoose(long place) {
    var lock = tryLock(place);
    if (lock == null) {
      return false;
    }
    release(lock);
    return true;
  }

  /** Null if somebody has it. */
  private @Nullable FileLock tryLock(long place) {
    try {
      return file.tryLock(place, 1, false);
    } catch (OverlappingFileLockException ownLock) {
      return null;
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot lock a file beside the job store", e);
    }
  }

  private static void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot unlock a file beside the job store", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot close a file beside the job store", e);
    }
  }
}
