package dev.recado.e2e.faults.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * What a process has been told to suffer: one file for each armed failpoint, named after it, with a
 * {@link Blow} in it. The file is gone as soon as the point was reached. Of several threads at the
 * point only one is struck.
 */
public final class Orders {
  private Orders() {}

  /** Called from the rewritten failpoint. */
  public static void reached(String folder, String point) {
    var order = Path.of(folder, point);
    if (Files.exists(order)) {
      take(order);
    }
  }

  private static void take(Path order) {
    try {
      var blow = Blow.valueOf(Files.readString(order));
      if (Files.deleteIfExists(order)) {
        blow.strike();
      }
    } catch (NoSuchFileException somebodyElses) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
