package dev.recado.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document with places that measurements fill in: all between two comments that name one. */
public record Document(Path path) {

  /**
   * Replaces what stands in a place.
   *
   * @throws IllegalStateException if the document has no place of that name
   */
  public void fill(String place, String text) {
    try {
      Files.writeString(path, filled(Files.readString(path), place, text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String filled(String document, String place, String text) {
    var begin = "<!-- measured: " + place + " -->\n";
    var from = document.indexOf(begin);
    var to = document.indexOf("<!-- end -->", from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException("there is no place for " + place);
    }
    return document.substring(0, from + begin.length()) + text + document.substring(to);
  }
}
