package dev.recado.app.server;

import dev.recado.lifecycle.Rounds;
import dev.recado.log.Log;
import dev.recado.log.LogEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A file that is touched every two seconds while somebody is alive. A process that hangs or is
 * suspended touches nothing, so its age is the health check of a program without a port.
 */
final class AliveFile implements AutoCloseable {
  private static final Log log = Log.of(AliveFile.class);
  private static final Duration EVERY = Duration.ofSeconds(2);

  private final Path file;
  private final BooleanSupplier isAlive;
  private final Rounds rounds;

  private AliveFile(Path file, BooleanSupplier isAlive) {
    this.file = file;
    this.isAlive = isAlive;
    this.rounds = new Rounds(Thread.ofPlatform().name("alive-file").daemon(), this::touchIfAlive);
  }

  /**
   * Begins to touch it.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  static AliveFile of(Path file, BooleanSupplier isAlive) {
    var alive = new AliveFile(file, isAlive);
    try {
      alive.touch();
    } catch (IOException e) {
      throw new UncheckedIOException("can not touch " + file, e);
    }
    alive.rounds.start();
    return alive;
  }

  private Duration touchIfAlive() {
    try {
      if (isAlive.getAsBoolean()) {
        touch();
      }
    } catch (IOException e) {
      log.tell(LogEvent.ALIVE_FILE_FAILED, e);
    }
    return EVERY;
  }

  private void touch() throws IOException {
    Files.write(file, new byte[] {'\n'});
  }

  @Override
  public void close() {
    rounds.close();
  }
}
