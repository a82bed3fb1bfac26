package dev.recado.store.sqlite;

/** When what a transaction has written is put on disk. */
enum Sync {
  /** With its commit, which nobody hears of before. */
  WITH_COMMIT("FULL"),

  /**
   * At once after it, by the writer: a power cut in between undoes it whole. Nothing else does;
   * what a process has written stays when the process dies.
   */
  AFTER_COMMIT("NORMAL");

  private final String level;

  Sync(String level) {
    this.level = level;
  }

  /** What SQLite calls it. */
  String level() {
    return level;
  }
}
