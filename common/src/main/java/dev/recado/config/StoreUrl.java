package dev.recado.config;

import java.nio.file.Path;

/**
 * Names the job store, which is a file, by its JDBC URL.
 *
 * @param path the file, as it was named
 */
public record StoreUrl(Path path) {
  private static final String SQLITE = "jdbc:sqlite:";

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it names no file, or more than a file; its message says
   *     what it must be
   */
  public static StoreUrl parse(String text) {
    var file = text.startsWith(SQLITE) ? text.substring(SQLITE.length()) : "";
    if (file.isEmpty()) {
      throw new IllegalArgumentException("must be " + SQLITE + " and a file");
    }
    if (file.startsWith(":") || file.contains("?")) {
      throw new IllegalArgumentException(
          "must name a file and nothing more: memory forgets accepted jobs");
    }
    return new StoreUrl(Path.of(file));
  }

  /** The file, from wherever it is looked at. */
  public Path file() {
    return path.toAbsolutePath();
  }

  @Override
  public String toString() {
    return SQLITE + path;
  }
}
