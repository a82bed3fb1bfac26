package dev.recado.app.submit;

import dev.recado.app.client.RecadoClient;
import dev.recado.app.client.ServerException;
import dev.recado.app.shell.Shell;
import dev.recado.app.shell.StatusLine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/**
 * Jobs that are left one after the other, until all are or somebody has had enough. Thread-safe.
 */
final class Submission {
  // for the answer to what is on its way, which alone names that job
  private static final Duration LAST_ANSWER = Duration.ofSeconds(5);

  private final RecadoClient client;
  private final Patience patience;
  private final List<Errand> errands = new CopyOnWriteArrayList<>();
  private final ReentrantLock onItsWay = new ReentrantLock();
  private volatile boolean ended;
  // of whoever holds the lock
  private boolean hasMetServer;

  Submission(RecadoClient client, Shell shell) {
    this.client = client;
    this.patience =
        new Patience(shell.clock(), new StatusLine(shell), () -> ended || !hasMetServer);
  }

  /** Leaves one more, unless it has ended: once, however often it has to be sent. */
  void leave(String name, ObjectNode request)
      throws ServerException, InterruptedException, IOException {
    var key = UUID.randomUUID().toString();
    onItsWay.lock();
    try {
      if (!ended) {
        errands.add(new Errand(name, patience.ask(() -> submit(request, key))));
      }
    } finally {
      onItsWay.unlock();
    }
  }

  /** Who has never met a server is told at once that there is none. */
  private String submit(ObjectNode request, String key)
      throws ServerException, InterruptedException {
    try {
      var id = client.submit(request, key);
      hasMetServer = true;
      return id;
    } catch (ServerException e) {
      hasMetServer = hasMetServer || !isNobodyThere(e);
      throw e;
    }
  }

  private static boolean isNobodyThere(ServerException e) {
    return e instanceof ServerException.Unreachable away && away.isRefused();
  }

  /** Those that have been left. */
  List<Errand> errands() {
    return List.copyOf(errands);
  }

  /** Ends it; returns those that have been left, with the one that was on its way. */
  List<Errand> end() {
    ended = true;
    try {
      if (onItsWay.tryLock(LAST_ANSWER.toSeconds(), TimeUnit.SECONDS)) {
        onItsWay.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return errands();
  }
}
