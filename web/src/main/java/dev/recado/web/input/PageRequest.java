package dev.recado.web.input;

import dev.recado.job.JobId;
import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.Problems;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list a client asks for.
 *
 * @param limit how long it may be
 * @param cursor what the page before ended with, or null for the first page
 */
public record PageRequest(int limit, @Nullable JobId cursor) {
  static final String LIMIT = "limit";
  static final String CURSOR = "cursor";
  private static final Pattern SMALL_NUMBER = Pattern.compile("[0-9]{1,3}");

  /** Reads the query of a request that holds nothing else; throws the problem if it is not good. */
  public static PageRequest of(@Nullable String rawQuery) {
    var errors = new FieldErrors();
    var page = of(new QueryString(rawQuery, Set.of(LIMIT, CURSOR), errors), errors);
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return page;
  }

  static PageRequest of(QueryString query, FieldErrors errors) {
    return new PageRequest(limit(query, errors), cursor(query, errors));
  }

  private static @Nullable JobId cursor(QueryString query, FieldErrors errors) {
    var text = query.get(CURSOR);
    var cursor = text == null ? Optional.<JobId>empty() : Cursor.read(text);
    if (text != null && cursor.isEmpty()) {
      errors.add(CURSOR, Fault.MALFORMED, Cursor.FORM);
    }
    return cursor.orElse(null);
  }

  private static int limit(QueryString query, FieldErrors errors) {
    var text = query.get(LIMIT);
    if (text == null) {
      return Limits.USUAL_PAGE;
    }
    var limit = SMALL_NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > Limits.PAGE) {
      errors.add(LIMIT, Fault.MALFORMED, "must be from 1 to " + Limits.PAGE);
    }
    return limit;
  }
}
