package dev.recado.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sentence with fields in braces.
 *
 * @param pieces what stands between the fields: one piece more than there are fields
 */
record Sentence(List<String> fields, List<String> pieces) {

  // By hand, as there are many and each start reads them all.
  static Sentence of(String text) {
    var fields = new ArrayList<String>();
    var pieces = new ArrayList<String>();
    var from = 0;
    for (var open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
      var close = text.indexOf('}', open);
      pieces.add(text.substring(from, open));
      fields.add(text.substring(open + 1, close));
      from = close + 1;
    }
    pieces.add(text.substring(from));
    return new Sentence(fields, pieces);
  }

  /** The sentence with these for its fields; what comes after them is not for people. */
  String with(@Nullable Object[] values) {
    var text = new StringBuilder(pieces.getFirst());
    for (var i = 0; i < fields.size(); i++) {
      text.append(i < values.length ? values[i] : "?").append(pieces.get(i + 1));
    }
    return text.toString();
  }
}
