package dev.recado.web.input;

import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.Problems;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a client asks for with {@code GET /api/batches/{id}/results?…}. */
public final class ResultsRequest {
  private static final String AFTER = "after";
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,6}");
  private static final int NONE = -1;

  private ResultsRequest() {}

  /** After which index to go on; throws the problem if the query is not a good one. */
  public static int after(@Nullable String rawQuery) {
    var errors = new FieldErrors();
    var text = new QueryString(rawQuery, Set.of(AFTER), errors).get(AFTER);
    if (text != null && !INDEX.matcher(text).matches()) {
      errors.add(AFTER, Fault.MALFORMED, "must be the index of a line, from 0");
    }
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return text == null ? NONE : Integer.parseInt(text);
  }
}
