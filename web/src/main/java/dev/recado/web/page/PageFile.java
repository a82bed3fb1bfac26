package dev.recado.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One file of the page. Its content is shared: nobody writes to it.
 *
 * @param path where it is asked for, beginning with a slash
 * @param mediaType what it is
 * @param etag the mark of its content
 * @param content its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copied for nobody
record PageFile(String path, String mediaType, String etag, byte[] content) {
  private static final int MARK = 12;

  static PageFile read(Path folder, Path file) {
    try {
      var path = "/" + folder.relativize(file).toString().replace('\\', '/');
      return of(path, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** A file of a library, served under a path of ours, so that pages need not know its version. */
  static PageFile onClassPath(Class<?> owner, String file, String path) {
    try (var content = owner.getResourceAsStream(file)) {
      if (content == null) {
        throw new IllegalArgumentException("no " + file + " on the class path");
      }
      return of(path, content.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static PageFile of(String path, byte[] content) {
    return new PageFile(path, MediaTypes.of(Path.of(path)).orElseThrow(), mark(content), content);
  }

  private static String mark(byte[] content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, MARK) + '"';
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
