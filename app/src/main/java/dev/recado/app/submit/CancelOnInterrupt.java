package dev.recado.app.submit;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.Shell;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whoever stops waiting by Ctrl+C no longer wants the answer: while this is open, the end of the
 * process cancels the jobs that are not finished.
 */
final class CancelOnInterrupt implements AutoCloseable {
  private final Thread hook;

  private CancelOnInterrupt(Thread hook) {
    this.hook = hook;
  }

  static CancelOnInterrupt of(RecadoClient client, Shell shell, Supplier<List<Errand>> unfinished) {
    var hook = Thread.ofPlatform().unstarted(() -> cancel(client, shell, unfinished.get()));
    Runtime.getRuntime().addShutdownHook(hook);
    return new CancelOnInterrupt(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      awaitCancels();
    }
  }

  /** It is running, and still needs the client, which whoever closes this closes next. */
  private void awaitCancels() {
    try {
      hook.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void cancel(RecadoClient client, Shell shell, List<Errand> errands) {
    for (var i = 0; i < errands.size(); i++) {
      var errand = errands.get(i);
      try {
        client.cancel(errand.id());
        shell.err().println("recado: canceled job " + errand.id());
      } catch (ServerException.Unreachable gone) {
        shell.err().println("recado: could not cancel: " + gone.getMessage());
        errands.subList(i, errands.size()).forEach(left -> left.tellThatItGoesOn(shell));
        return;
      } catch (ServerException e) {
        shell.err().println("recado: could not cancel job " + errand.id() + ": " + e.getMessage());
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
