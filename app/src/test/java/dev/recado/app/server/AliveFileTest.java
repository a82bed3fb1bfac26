package dev.recado.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliveFileTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

  @TempDir private Path folder = Path.of("");

  @Test
  void it_is_touched_again_and_again_while_its_owner_lives() throws IOException {
    var file = folder.resolve("alive");
    try (var _ = AliveFile.of(file, () -> true)) {
      assertThat(file).exists();
      Files.setLastModifiedTime(file, LONG_AGO);

      await().atMost(PATIENCE).until(() -> !Files.getLastModifiedTime(file).equals(LONG_AGO));
    }
  }

  @Test
  void it_is_left_alone_when_its_owner_does_not() throws IOException {
    var file = folder.resolve("alive");
    var asked = new AtomicInteger();
    try (var _ = AliveFile.of(file, () -> asked.incrementAndGet() < 0)) {
      Files.setLastModifiedTime(file, LONG_AGO);

      await().atMost(PATIENCE).until(() -> asked.get() >= 2);

      assertThat(Files.getLastModifiedTime(file)).isEqualTo(LONG_AGO);
    }
  }

  @Test
  void a_mistake_while_its_owner_is_asked_does_not_end_it() throws IOException {
    var file = folder.resolve("alive");
    var asked = new AtomicInteger();
    BooleanSupplier stumblesOnce =
        () -> {
          if (asked.incrementAndGet() == 1) {
            throw new StackOverflowError("a mistake");
          }
          return true;
        };
    try (var _ = AliveFile.of(file, stumblesOnce)) {
      await().atMost(PATIENCE).until(() -> asked.get() >= 1);
      Files.setLastModifiedTime(file, LONG_AGO);

      await().atMost(PATIENCE).until(() -> !Files.getLastModifiedTime(file).equals(LONG_AGO));
    }
  }

  @Test
  void a_place_that_cannot_be_written_is_told_at_the_start() {
    var nowhere = folder.resolve("missing/alive");

    assertThatThrownBy(() -> AliveFile.of(nowhere, () -> true)).hasMessageContaining("missing");
  }
}
