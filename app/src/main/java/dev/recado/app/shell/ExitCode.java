package dev.recado.app.shell;

/** The exit codes of all commands. */
public final class ExitCode {
  /** The command has done what it was told to. */
  public static final int OK = 0;

  /** The command did its work and the outcome is bad: a job failed, a check found a problem. */
  public static final int FAILED = 1;

  /** Wrong options or settings. */
  public static final int USAGE = 2;

  /** No server answers. */
  public static final int UNREACHABLE = 3;

  /** The job store is damaged or its disk fails; to start again does not help. */
  public static final int DAMAGED = 4;

  private ExitCode() {}
}
