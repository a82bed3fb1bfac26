package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a client asks for with {@code GET /api/jobs/{id}/events?…}. */
public final class EventsRequest {
  /** The parameter that stands for the header {@code Last-Event-ID}. */
  public static final String AFTER = "after";

  private EventsRequest() {}

  /** The last event it has seen, if it says so; throws the problem if the query is not readable. */
  public static @Nullable String after(@Nullable String rawQuery) {
    var errors = new FieldErrors();
    var after = new QueryString(rawQuery, Set.of(AFTER), errors).get(AFTER);
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return after;
  }
}
