package dev.recado.web.input;

import dev.recado.job.ErrorCode;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what a client, or an operator, asks for with {@code GET /api/jobs?…}. */
public final class ListRequest {
  private static final String STATUS = "status";
  private static final String CREATED_AFTER = "created_after";
  private static final String CREATED_BEFORE = "created_before";
  private static final String CODE = "code";
  static final Set<String> KNOWN =
      Set.of(STATUS, CREATED_AFTER, CREATED_BEFORE, PageRequest.LIMIT, PageRequest.CURSOR);
  private static final Set<String> KNOWN_TO_OPERATORS =
      Stream.concat(KNOWN.stream(), Stream.of(CODE)).collect(Collectors.toUnmodifiableSet());

  private static final String STATES =
      Arrays.stream(JobState.values())
          .map(JobState::wireName)
          .collect(Collectors.joining(", ", "must be one of ", ""));

  static final String CODES =
      Arrays.stream(ErrorCode.values())
          .map(ErrorCode::wireName)
          .collect(Collectors.joining(", ", "must be one of ", ""));

  private final FieldErrors errors = new FieldErrors();
  private final QueryString query;

  private ListRequest(@Nullable String rawQuery, Set<String> known) {
    query = new QueryString(rawQuery, known, errors);
  }

  /**
   * What an operator asks for.
   *
   * @param jobs the jobs; their state is failed if there is a code
   * @param code only those that failed with this error, or null
   */
  public record OfOperator(JobQuery jobs, @Nullable ErrorCode code) {}

  /** Reads the query of a request; throws the problem if it is not a good one. */
  public static JobQuery of(@Nullable String rawQuery) {
    var request = new ListRequest(rawQuery, KNOWN);
    return request.ifGood(request.jobs(request.state()));
  }

  /** Reads the query of an operator's request; throws the problem if it is not a good one. */
  public static OfOperator ofOperator(@Nullable String rawQuery) {
    var request = new ListRequest(rawQuery, KNOWN_TO_OPERATORS);
    return request.ifGood(request.operators());
  }

  private OfOperator operators() {
    var state = state();
    var code = read(CODE, ErrorCode::fromWireName, CODES);
    if (code != null && state != null && state != JobState.FAILED) {
      errors.add(CODE, Fault.MALFORMED, "is there for failed jobs only");
    }
    return new OfOperator(jobs(code == null ? state : JobState.FAILED), code);
  }

  private @Nullable JobState state() {
    return read(STATUS, JobState::fromWireName, STATES);
  }

  private JobQuery jobs(@Nullable JobState state) {
    var page = PageRequest.of(query, errors);
    return new JobQuery(
        Tenant.DEFAULT,
        state,
        read(CREATED_AFTER, Times::read, Times.FORM),
        read(CREATED_BEFORE, Times::read, Times.FORM),
        page.limit(),
        page.cursor());
  }

  private <T> T ifGood(T wanted) {
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
}
