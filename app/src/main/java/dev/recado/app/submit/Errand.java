package dev.recado.app.submit;

import dev.recado.app.shell.Shell;

/**
 * A job that somebody waits for.
 *
 * @param name the file it came from; empty if it was no file
 * @param id the job's id
 */
record Errand(String name, String id) {
  /** For who will not be there when it ends. */
  void tellThatItGoesOn(Shell shell) {
    shell.err().println("recado: " + (hasName() ? name + ": " : "") + "job " + id + " goes on");
  }

  boolean hasName() {
    return !name.isEmpty();
  }
}
