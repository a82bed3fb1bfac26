package dev.recado.store.sqlite;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.recado.config.StoreUrl;
import dev.recado.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** The database file: made with owner-only rights, opened with the settings its promises need. */
final class SqliteFile {
  /** Whoever reads what a store has written reads its texts. */
  static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int BUSY_TIMEOUT_MILLIS = 10_000;
  static final int WAL_LIMIT_BYTES = 64 << 20;

  private final Path path;

  private SqliteFile(Path path) {
    this.path = path;
  }

  /** The file behind this URL; it and its folder are created if missing. */
  static SqliteFile at(StoreUrl url) {
    var file = new SqliteFile(url.file());
    file.createIfMissing();
    return file;
  }

  private void createIfMissing() {
    var folderOwnerOnly = PosixFilePermissions.fromString("rwx------");
    try {
      var folder = path.getParent();
      if (folder != null && !Files.isDirectory(folder)) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(folderOwnerOnly));
      }
      // SQLite gives its side files the rights of the main file, so this one call protects all.
      Files.createFile(path, OWNER_ONLY);
    } catch (FileAlreadyExistsException expected) {
      return;
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot create the job store at " + path, e);
    }
  }

  /** Where the file is. */
  Path folder() {
    return path.toAbsolutePath().resolveSibling("");
  }

  Path path() {
    return path;
  }

  /**
   * Looks before anything is written.
   *
   * @throws StoreUnavailableException if the file is not to be used as it is; damage of a large one
   *     may show only later
   */
  void requireSound() throws SQLException {
    RestoredCopy.requireAlone(path);
    if (isSmall()) {
      Examination.atOnce(path);
    }
  }

  boolean isSmall() {
    try {
      return Files.size(path) <= Examination.SMALL_BYTES;
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot read the job store at " + path, e);
    }
  }

  /** A connection that takes the file as it is, for looking and copying. */
  static Connection connect(Path path) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config.createConnection(JDBC.PREFIX + path);
  }

  /** The write-ahead log beside a database. */
  static Path logOf(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** How large it is, with the log beside it. */
  long bytes() {
    try {
      var log = logOf(path);
      return Files.size(path) + (Files.exists(log) ? Files.size(log) : 0);
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot look at the job store at " + path, e);
    }
  }

  /** What is left on its disk for this process. */
  long freeBytes() {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException e) {
      throw new StoreUnavailableException("cannot look at the disk of " + path, e);
    }
  }

  /** Connections that only read; a transaction of theirs never keeps a writer waiting. */
  HikariDataSource readers(int size) {
    var config = pool("recado-read", size);
    config.setConnectionInitSql("PRAGMA query_only = 1");
    return new HikariDataSource(config);
  }

  /**
   * The one connection that writes. It leaves moving the log's pages into the file to {@link
   * Checkpoints}, so that nobody's commit waits for that.
   */
  HikariDataSource writer() {
    var config = pool("recado-write", 1);
    config.setConnectionInitSql("PRAGMA wal_autocheckpoint = 0");
    return new HikariDataSource(config);
  }

  private HikariConfig pool(String name, int size) {
    var hikari = new HikariConfig();
    hikari.setPoolName(name);
    hikari.setMaximumPoolSize(size);
    hikari.setJdbcUrl(JDBC.PREFIX + path);
    hikari.setDataSourceProperties(pragmas().toProperties());
    hikari.setMaxLifetime(0); // a file does not hang up
    return hikari;
  }

  private static SQLiteConfig pragmas() {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    // Per connection, and the default would be FULL only by luck of the build: the 202 rests on it.
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    config.setJournalSizeLimit(WAL_LIMIT_BYTES);
    // Or the driver asks for the last rowid, with a statement prepared anew, after every INSERT.
    config.setGetGeneratedKeys(false);
    // Erased texts are overwritten, not only unlinked.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    return config;
  }

  /**
   * Refuses SQLite before 3.51.3: with an older one, two processes that write or checkpoint at once
   * can corrupt a WAL database (sqlite.org/wal.html, "the WAL-reset bug").
   */
  static void requireSafeVersion(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT sqlite_version()")) {
      row.next();
      SqliteVersion.parse(row.getString(1)).requireAtLeast(SqliteVersion.FIRST_SAFE);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
