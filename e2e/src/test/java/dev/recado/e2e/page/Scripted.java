package dev.recado.e2e.page;

import org.jspecify.annotations.Nullable;

/** A page that can be asked by script. */
interface Scripted {
  /** Runs it in the page and returns what it answers, a promise's value included. */
  @Nullable Object run(String script, Object... arguments);
}
