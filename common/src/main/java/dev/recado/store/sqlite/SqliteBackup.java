package dev.recado.store.sqlite;

import static java.util.Objects.requireNonNullElse;

import dev.recado.config.StoreUrl;
import dev.recado.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;

/**
 * A consistent copy of a job store, taken while servers work on it. The copy holds what was
 * committed when it began. Writers are not kept waiting, but their log grows until it is done.
 */
public final class SqliteBackup {
  private final Path store;
  private final Path target;
  private final Path folder;
  private final Path unfinished;

  private SqliteBackup(Path store, Path target) {
    this.store = store;
    this.target = target.toAbsolutePath().normalize();
    this.folder = requireNonNullElse(this.target.getParent(), this.target);
    this.unfinished =
        this.target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID());
  }

  /**
   * What a backup came to.
   *
   * @param file where it lies
   * @param bytes its size
   * @param jobs how many jobs are in it, tombstones included
   * @param took how long it took, checks included
   */
  public record Report(Path file, long bytes, long jobs, Duration took) {}

  /**
   * Makes one. When this returns, the copy is whole, examined, synced to disk, and for its owner
   * only; if it throws, nothing of it is left.
   *
   * @param url the store, as its servers name it
   * @param target the file to make, in a folder that exists
   * @throws StoreUnavailableException if there is no store, the file exists already, there is no
   *     room, or the copy is not sound; its message says which
   */
  public static Report make(StoreUrl url, Path target) {
    return new SqliteBackup(url.file(), target).make();
  }

  private Report make() {
    var begun = System.nanoTime();
    // A copy that is broken off by a signal leaves no litter either.
    unfinished.toFile().deleteOnExit();
    try {
      requireStore();
      requireTarget();
      copy();
      sync(unfinished, StandardOpenOption.WRITE);
      var jobs = examine();
      publish();
      var took = Duration.ofNanos(System.nanoTime() - begun);
      return new Report(target, Files.size(target), jobs, took);
    } catch (NoSuchFileException missing) {
      throw failed("there is no folder " + folder, missing);
    } catch (IOException | SQLException failure) {
      throw failed(String.valueOf(failure.getMessage()), failure);
    } finally {
      deleteUnfinished();
    }
  }

  private void requireStore() {
    if (!Files.isRegularFile(store)) {
      throw new StoreUnavailableException("there is no job store at " + store);
    }
    RestoredCopy.requireAlone(store);
  }

  private void requireTarget() throws IOException {
    requireNew();
    // The servers may live on the same disk: a backup that fills it would stop them.
    var room = Files.getFileStore(folder).getUsableSpace();
    var needed = Files.size(store);
    if (room < needed) {
      throw new StoreUnavailableException(
          "there is no room for a backup in %s: it may need %,d bytes, and %,d are free"
              .formatted(folder, needed, room));
    }
  }

  private void requireNew() {
    if (Files.exists(target)) {
      throw new StoreUnavailableException(target + " exists already; a backup overwrites nothing");
    }
  }

  private void copy() throws IOException, SQLException {
    // SQLite would make it readable for all; it writes into an empty file as well.
    Files.createFile(unfinished, SqliteFile.OWNER_ONLY);
    try (var connection = SqliteFile.connect(store)) {
      SqliteFile.requireSafeVersion(connection);
      try (var vacuum = connection.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, unfinished.toString());
        vacuum.execute();
      }
    }
  }

  /** Reads every page of the copy; returns how many jobs it holds. */
  private long examine() throws SQLException {
    // Immutable, so that no side files are made next to it.
    var url = JDBC.PREFIX + unfinished.toUri() + "?immutable=1";
    try (var connection = new SQLiteConfig().createConnection(url)) {
      var verdict = text(connection, "PRAGMA integrity_check(1)");
      if (!verdict.equals("ok")) {
        throw new StoreUnavailableException(
            "the copy of %s is damaged: %s".formatted(store, verdict));
      }
      return Long.parseLong(text(connection, "SELECT count(*) FROM jobs"));
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void publish() throws IOException {
    requireNew(); // a rename would replace what came meanwhile
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    sync(folder, StandardOpenOption.READ);
  }

  /** SQLite syncs neither what VACUUM INTO writes nor the folder it lies in. */
  private static void sync(Path path, StandardOpenOption access) throws IOException {
    try (var channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }

  private void deleteUnfinished() {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      throw failed("its remains cannot be deleted: " + unfinished, e);
    }
  }

  private StoreUnavailableException failed(String why, Exception cause) {
    return new StoreUnavailableException(
        "the backup of %s failed: %s".formatted(store, why), cause);
  }
}
