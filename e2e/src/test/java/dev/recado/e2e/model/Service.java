package dev.recado.e2e.model;

/** Whether the server as a whole is well. Thread-safe. */
final class Service {
  private static final int WELL = 200;

  private volatile int status = WELL;

  void refuse(int with) {
    status = with;
  }

  void resume() {
    status = WELL;
  }

  /** The status that every call gets, or 200. */
  int status() {
    return status;
  }
}
