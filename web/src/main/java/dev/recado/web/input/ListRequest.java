package dev.recado.web.input;

import dev.recado.job.JobState;
import dev.recado.job.Tenant;
import dev.recado.store.JobQuery;
import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.Problems;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a client asks for with {@code GET /api/jobs?…}. */
public final class ListRequest {
  private static final String STATUS = "status";
  private static final String CREATED_AFTER = "created_after";
  private static final String CREATED_BEFORE = "created_before";
  private static final Set<String> KNOWN =
      Set.of(STATUS, CREATED_AFTER, CREATED_BEFORE, PageRequest.LIMIT, PageRequest.CURSOR);

  private static final String STATES =
      Arrays.stream(JobState.values())
          .map(JobState::wireName)
          .collect(Collectors.joining(", ", "must be one of ", ""));

  private final FieldErrors errors = new FieldErrors();
  private final QueryString query;

  private ListRequest(@Nullable String rawQuery) {
    query = new QueryString(rawQuery, KNOWN, errors);
  }

  /** Reads the query of a request; throws the problem if it is not a good one. */
  public static JobQuery of(@Nullable String rawQuery) {
    return new ListRequest(rawQuery).read();
  }

  private JobQuery read() {
    var page = PageRequest.of(query, errors);
    var wanted =
        new JobQuery(
            Tenant.DEFAULT,
            read(STATUS, JobState::fromWireName, STATES),
            read(CREATED_AFTER, Times::read, timeForm()),
            read(CREATED_BEFORE, Times::read, timeForm()),
            page.limit(),
            page.cursor());
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return wanted;
  }

  private <T> @Nullable T read(String name, Function<String, Optional<T>> reader, String form) {
    var text = query.get(name);
    if (text == null) {
      return null;
    }
    var value = reader.apply(text);
    if (value.isEmpty()) {
      errors.add(name, Fault.MALFORMED, form);
    }
    return value.orElse(null);
  }

  private static String timeForm() {
    return "must be an RFC 3339 time such as 2026-11-21T12:00:00Z (write + as %2B)";
  }
}
