package dev.recado.e2e.page;

import org.jspecify.annotations.Nullable;

/** A page that can be asked by script. */
interface Scripted {
  /** Runs it in the page and returns what it answers, a promise's value included. */
  @Nullable Object run(String script, Object... arguments);

  /** The next POST arrives and is done, and its answer is lost on the way back. */
  default void loseNextAnswer() {
    run(
        """
        const real = window.fetch;
        window.fetch = async (path, request) => {
          const answer = await real(path, request);
          if (request.method !== 'POST') return answer;
          window.fetch = real;
          throw new TypeError('lost');
        };
        """);
  }

  /** The next POST does not arrive. */
  default void loseNextRequest() {
    run(
        """
        const real = window.fetch;
        window.fetch = async (path, request) => {
          if (request.method !== 'POST') return real(path, request);
          window.fetch = real;
          throw new TypeError('lost');
        };
        """);
  }
}
