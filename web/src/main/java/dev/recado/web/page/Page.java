package dev.recado.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The files of a static page, read into memory once: what a request names is looked up, never
 * opened, so no path can lead out of the folder. Immutable.
 *
 * @param files the files
 */
public record Page(List<PageFile> files) {
  private static final String START = "index.html";

  /** What the files are. */
  public Page {
    files = List.copyOf(files);
  }

  /** No page: {@code GET /} answers with a greeting. */
  public static Page none() {
    return new Page(List.of());
  }

  /** The files in a folder and below it. Hidden ones and those of an unknown type stay out. */
  public static Page inFolder(Path folder) {
    if (!Files.isRegularFile(folder.resolve(START))) {
      throw new IllegalArgumentException("there is no " + START + " in " + folder);
    }
    try (var paths = Files.walk(folder)) {
      return new Page(
          paths
              .filter(Files::isRegularFile)
              .filter(path -> MediaTypes.of(path).isPresent())
              .filter(path -> isVisible(folder.relativize(path)))
              .map(path -> PageFile.read(folder, path))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the page in " + folder, e);
    }
  }

  /**
   * The files in a folder of the class path, in a jar or not.
   *
   * @param owner a class of the same jar
   * @param folder the folder's absolute name, such as {@code /page}
   */
  public static Page onClassPath(Class<?> owner, String folder) {
    // A jar need not list its folders, so a file of the folder leads to it.
    var start = owner.getResource(folder + "/" + START);
    if (start == null) {
      throw new IllegalArgumentException("no " + folder + "/" + START + " on the class path");
    }
    return beside(start);
  }

  static Page beside(URL start) {
    try {
      return at(start.toURI());
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("cannot read the page at " + start, e);
    }
  }

  /** Where its files are asked for. */
  public List<String> paths() {
    return files.stream().map(PageFile::path).toList();
  }

  private static Page at(URI start) throws IOException {
    if (!"jar".equals(start.getScheme())) {
      return inFolder(folderOf(Path.of(start)));
    }
    try (var jar = FileSystems.newFileSystem(start, Map.of())) {
      return inFolder(folderOf(jar.provider().getPath(start)));
    }
  }

  private static Path folderOf(Path file) {
    var folder = file.getParent();
    if (folder == null) {
      throw new IllegalStateException(file + " lies in no folder");
    }
    return folder;
  }

  private static boolean isVisible(Path relative) {
    for (var name : relative) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }
}
