package dev.recado.web.input;

import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.Problems;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the query of a request that may hold one number and nothing else. */
public final class NumberRequest {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

  private NumberRequest() {}

  /**
   * The number; throws the problem if the query is not a good one.
   *
   * @param usual what it is when it is not said
   * @param most what it may be; 1 is the least
   */
  public static int of(@Nullable String rawQuery, String name, int usual, int most) {
    var errors = new FieldErrors();
    var text = new QueryString(rawQuery, Set.of(name), errors).get(name);
    var number = text == null ? usual : NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
    if (number < 1 || number > most) {
      errors.add(name, Fault.MALFORMED, "must be from 1 to " + most);
    }
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return number;
  }
}
