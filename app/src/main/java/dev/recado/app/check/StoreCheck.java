package dev.recado.app.check;

import dev.recado.app.check.Finding.Fine;
import dev.recado.app.check.Finding.Trouble;
import dev.recado.config.StoreUrl;
import dev.recado.job.Tenant;
import dev.recado.store.StoreUnavailableException;
import dev.recado.store.sqlite.SqliteJobStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the job store can be read and written. A store that does not exist yet is not made: the
 * one who checks need not be the user that will run the server.
 *
 * @param url where it lies
 */
public record StoreCheck(StoreUrl url) {

  /** Looks. */
  public Finding run() {
    return Files.exists(url.file()) ? open() : canBeMade();
  }

  private Path shown() {
    return url.file().normalize();
  }

  private Finding open() {
    try (var store = SqliteJobStore.open(url.toString(), Clock.systemUTC())) {
      store.probe();
      var queue = store.queue(Tenant.DEFAULT);
      return new Fine(
          shown() + ", " + queue.queued() + " queued, " + queue.processing() + " processing");
    } catch (StoreUnavailableException e) {
      return new Trouble(String.valueOf(e.getMessage()));
    }
  }

  private Finding canBeMade() {
    var nearest = nearestFolder();
    return nearest.filter(Files::isDirectory).filter(Files::isWritable).isPresent()
        ? new Fine(shown() + " will be made at the first start")
        : new Trouble(
            shown() + " can not be made: no right to write to " + nearest.orElse(shown()));
  }

  private Optional<Path> nearestFolder() {
    return Stream.iterate(url.file().getParent(), path -> path != null, Path::getParent)
        .filter(Files::exists)
        .findFirst();
  }
}
