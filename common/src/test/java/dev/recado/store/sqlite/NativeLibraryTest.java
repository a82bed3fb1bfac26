package dev.recado.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
  private static final int SMALLER_THAN_SQLITE = 500_000;

  @TempDir private Path folder = Path.of("");

  @Test
  void the_library_for_this_machine_is_copied_whole_where_there_is_none_and_where_there_is_one()
      throws IOException {
    var libraries = folder.resolve("libraries");
    var library = libraries.resolve(System.mapLibraryName("sqlitejdbc"));

    NativeLibrary.copyTo(libraries);
    NativeLibrary.copyTo(libraries);

    assertThat(library).isRegularFile();
    assertThat(Files.size(library)).isGreaterThan(SMALLER_THAN_SQLITE);
    try (var files = Files.list(libraries)) {
      assertThat(files).hasSize(1);
    }
  }
}
