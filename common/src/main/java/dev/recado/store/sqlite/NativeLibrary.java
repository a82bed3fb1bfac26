package dev.recado.store.sqlite;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself, which lies in a jar. The driver writes it to the temporary folder at each start,
 * and reads it back, unless {@code org.sqlite.lib.path} names a folder that has it.
 */
public final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Copies the one for this machine into a folder, which is made if need be.
   *
   * @throws FileNotFoundException if there is none for this machine
   */
  public static void copyTo(Path folder) throws IOException {
    var name = LibraryLoaderUtil.getNativeLibName();
    var resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    try (var library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new FileNotFoundException(resource);
      }
      var whole = Files.createDirectories(folder).resolve(name);
      // Half a library would end the process that loads it.
      var part = whole.resolveSibling(name + ".part");
      Files.copy(library, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
