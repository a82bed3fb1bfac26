package dev.recado.worker.model;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was said to a model, to be known again where its server echoes it: long texts whole or in
 * pieces, short ones as words. All are looked for in the echo as it came, so that what stands for
 * one of them is never taken for another, and in one go, as a conversation may have thousands.
 */
final class SaidTexts {
  /** A piece that is shorter than this tells nothing. */
  private static final int PIECE = 8;

  private final List<String> longTexts;
  private final Set<String> words;

  SaidTexts(Stream<String> texts) {
    var distinct = texts.collect(Collectors.toSet());
    longTexts = distinct.stream().filter(text -> text.length() >= PIECE).toList();
    words =
        distinct.stream()
            .filter(text -> text.length() < PIECE && text.codePoints().anyMatch(SaidTexts::speaks))
            .collect(Collectors.toSet());
  }

  /** The echo, with this mark instead of each text. */
  String replacedIn(String echo, String mark) {
    var gone = new BitSet(echo.length());
    findPieces(echo, gone);
    findWords(echo, gone);
    return marked(echo, gone, mark);
  }

  /** Pieces of all texts at once: what one has left of another would be too short to be known. */
  private void findPieces(String echo, BitSet gone) {
    var shared = shared(echo);
    for (var i = 0; i + PIECE <= echo.length() && !shared.isEmpty(); i++) {
      if (shared.contains(echo.substring(i, i + PIECE))) {
        gone.set(i, i + PIECE);
      }
    }
  }

  private Set<String> shared(String echo) {
    var ofEcho = new HashSet<String>();
    for (var i = 0; i + PIECE <= echo.length() && !longTexts.isEmpty(); i++) {
      ofEcho.add(echo.substring(i, i + PIECE));
    }
    var shared = new HashSet<String>();
    for (var text : longTexts) {
      for (var i = 0; i + PIECE <= text.length() && !ofEcho.isEmpty(); i++) {
        var piece = text.substring(i, i + PIECE);
        if (ofEcho.contains(piece)) {
          shared.add(piece);
        }
      }
    }
    return shared;
  }

  private void findWords(String echo, BitSet gone) {
    for (var from = 0; from < echo.length() && !words.isEmpty(); from++) {
      if (from == 0 || gone.get(from - 1) || !speaks(echo.codePointBefore(from))) {
        findWordsAt(from, echo, gone);
      }
    }
  }

  private void findWordsAt(int from, String echo, BitSet gone) {
    for (var to = Math.min(from + PIECE - 1, echo.length()); to > from; to--) {
      var ends = to == echo.length() || gone.get(to) || !speaks(echo.codePointAt(to));
      if (ends && words.contains(echo.substring(from, to))) {
        gone.set(from, to);
      }
    }
  }

  private static boolean speaks(int codePoint) {
    return Character.isLetterOrDigit(codePoint);
  }

  private static String marked(String echo, BitSet gone, String mark) {
    var kept = new StringBuilder();
    var from = 0;
    for (var at = gone.nextSetBit(0); at >= 0; at = gone.nextSetBit(from)) {
      kept.append(echo, from, at).append(mark);
      from = gone.nextClearBit(at);
    }
    return kept.append(echo, from, echo.length()).toString();
  }
}
