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
      var content = Files.readAllBytes(file);
      var path = "/" + folder.relativize(file).toString().replace('\\', '/');
      return new PageFile(path, MediaTypes.of(file).orElseThrow(), mark(content), content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
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
