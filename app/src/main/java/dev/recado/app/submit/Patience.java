package dev.recado.app.submit;

import dev.recado.app.client.ServerException;
import dev.recado.app.shell.StatusLine;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Asks a server again that is away or busy, for as long as a restart may take. What is asked must
 * be safe to be asked twice.
 */
final class Patience {
  // A server that is being restarted still has our jobs.
  private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final InstantSource clock;
  private final StatusLine line;
  private final BooleanSupplier isOver;

  /**
   * For a while.
   *
   * @param line where it tells who waits
   * @param isOver whether nobody wants to know any more
   */
  Patience(InstantSource clock, StatusLine line, BooleanSupplier isOver) {
    this.clock = clock;
    this.line = line;
    this.isOver = isOver;
  }

  /** Something asked of the server. */
  interface Question<T> {
    T ask() throws ServerException, InterruptedException, IOException;
  }

  /** The answer; throws what the server has met last if there is none for too long. */
  <T> T ask(Question<T> question) throws ServerException, InterruptedException, IOException {
    var end = clock.instant().plus(LONGEST_ABSENCE);
    for (var isFirst = true; ; isFirst = false) {
      try {
        return question.ask();
      } catch (ServerException.Unreachable | ServerException.Busy away) {
        var pause = pause(away);
        if (isOver.getAsBoolean() || clock.instant().plus(pause).isAfter(end)) {
          throw away;
        }
        if (isFirst) {
          line.say("recado: " + away.getMessage() + "; trying again for a minute");
        }
        Thread.sleep(pause);
      }
    }
  }

  private static Duration pause(ServerException away) {
    return away instanceof ServerException.Busy busy && busy.comeAgain().compareTo(PAUSE) > 0
        ? busy.comeAgain()
        : PAUSE;
  }
}
