package dev.recado.app;

/** The exit codes of all commands. */
final class ExitCode {
  static final int OK = 0;

  /** The command did its work and the outcome is bad: a job failed, a check found a problem. */
  static final int FAILED = 1;

  /** Wrong options or settings. */
  static final int USAGE = 2;

  /** No server answers. */
  static final int UNREACHABLE = 3;

  /** The job store is damaged or its disk fails; to start again does not help. */
  static final int DAMAGED = 4;

  private ExitCode() {}
}
