package dev.recado.web.stream;

import dev.recado.web.input.EventsRequest;
import dev.recado.web.problem.FieldError;
import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.ProblemException;
import dev.recado.web.problem.Problems;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a client says it has been, and how much text it has. It is taken at its word: from any
 * place but the one where the job is now, also one that the job has not come to or another job's,
 * the client is told where the job is now, and a text that the job has not come to is begun again.
 * What is no place at all is refused, as its sender takes something else for an id.
 */
final class LastSeen {
  private static final String HEADER = "Last-Event-ID";

  private LastSeen() {}

  /** Null if the client has seen nothing yet; throws the problem if it is no place. */
  static @Nullable Place of(Context context) {
    // The header leads: a browser that connects again repeats the address, and knows better.
    var header = read(HEADER, context.header(HEADER));
    return header == null
        ? read(EventsRequest.AFTER, EventsRequest.after(context.queryString()))
        : header;
  }

  private static @Nullable Place read(String name, @Nullable String text) {
    return text == null || text.isEmpty()
        ? null
        : Place.parse(text).orElseThrow(() -> malformed(name));
  }

  private static ProblemException malformed(String name) {
    var description = "must be the id of an event of this job, such as 1.1 or 1.1.1.57";
    return Problems.invalidFields(List.of(new FieldError(name, Fault.MALFORMED, description)))
        .asException();
  }
}
