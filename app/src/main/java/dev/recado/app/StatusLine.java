package dev.recado.app;

/** One line on a terminal that is written over again and again; nothing where nobody watches. */
final class StatusLine {
  private static final String BACK_AND_ERASE = "\r\u001b[K";

  private final Shell shell;

  StatusLine(Shell shell) {
    this.shell = shell;
  }

  void show(String text) {
    write(BACK_AND_ERASE + text);
  }

  void erase() {
    write(BACK_AND_ERASE);
  }

  private void write(String text) {
    if (shell.isWatched()) {
      shell.err().print(text);
      shell.err().flush();
    }
  }
}
