package dev.recado.store.sqlite;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A version of the SQLite library. */
record SqliteVersion(int major, int minor, int patch) implements Comparable<SqliteVersion> {
  static final SqliteVersion FIRST_SAFE = new SqliteVersion(3, 51, 3);

  private static final Comparator<SqliteVersion> ORDER =
      Comparator.comparingInt(SqliteVersion::major)
          .thenComparingInt(SqliteVersion::minor)
          .thenComparingInt(SqliteVersion::patch);

  static SqliteVersion parse(String text) {
    List<Integer> parts = Stream.of(text.split("\\.", -1)).limit(3).map(Integer::valueOf).toList();
    return new SqliteVersion(parts.get(0), parts.get(1), parts.get(2));
  }

  void requireAtLeast(SqliteVersion least) {
    if (compareTo(least) < 0) {
      throw new IllegalStateException(
          "SQLite %s can corrupt a store that two processes write; %s or later is needed"
              .formatted(this, least));
    }
  }

  @Override
  public int compareTo(SqliteVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%d.%d.%d".formatted(major, minor, patch);
  }
}
