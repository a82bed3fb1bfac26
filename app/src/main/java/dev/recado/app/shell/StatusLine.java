package dev.recado.app.shell;

/**
 * One line on a terminal that is written over again and again; nothing where nobody watches.
 * Thread-safe.
 */
public final class StatusLine {
  private static final int BAR = 30;
  private static final String BACK_AND_ERASE = "\r\u001b[K";

  private final Shell shell;
  private boolean ended;

  /** One on this shell, with nothing in it. */
  public StatusLine(Shell shell) {
    this.shell = shell;
  }

  /** How many are done: {@code [####....] 3 of 6}. */
  public static String bar(long done, long all) {
    var filled = (int) (BAR * done / all);
    return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + done + " of " + all;
  }

  /** Writes this over what is shown. */
  public synchronized void show(String text) {
    if (!ended) {
      write(BACK_AND_ERASE + text);
    }
  }

  /** Shows nothing. */
  public synchronized void erase() {
    write(BACK_AND_ERASE);
  }

  /** Says something else, in a line that stays; what is shown makes room for it. */
  public synchronized void say(String words) {
    if (!ended) {
      erase();
      shell.err().println(words);
    }
  }

  /** Erases it for good: what is shown or said later is not. */
  public synchronized void end() {
    erase();
    ended = true;
  }

  private void write(String text) {
    if (shell.isWatched()) {
      shell.err().print(text);
      shell.err().flush();
    }
  }
}
