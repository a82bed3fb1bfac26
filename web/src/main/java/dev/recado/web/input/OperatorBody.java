package dev.recado.web.input;

import dev.recado.job.ErrorCode;
import dev.recado.job.JobId;
import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what operators send; each throws the problem if it is not good. Thread-safe. */
public final class OperatorBody {
  private static final String TOKEN = "token";
  private static final String CODE = "code";
  private static final String CREATED_AFTER = "created_after";
  private static final String CREATED_BEFORE = "created_before";
  private static final String KEYS = "keys";
  private static final String ALL = "all";
  private static final int LONGEST_TOKEN = 4_096;
  private static final int MOST_KEYS = 500;
  private static final int LONGEST_KEY = 64;

  private final Bodies bodies;

  /** Reads bodies that find room there. */
  public OperatorBody(Bodies bodies) {
    this.bodies = bodies;
  }

  /**
   * Which failed jobs are meant.
   *
   * @param code only those with this error, or null
   * @param createdAfter only those accepted at or after this time, or null
   * @param createdBefore only those accepted before this time, or null
   * @param cursor the last one that was looked at, or null to begin
   */
  public record Failed(
      @Nullable ErrorCode code,
      @Nullable Instant createdAfter,
      @Nullable Instant createdBefore,
      @Nullable JobId cursor) {}

  /** The token of somebody who logs in. */
  public String token(HttpServletRequest request) {
    return read(
        request,
        Set.of(TOKEN),
        (fields, errors) -> {
          var token = fields.text(TOKEN, LONGEST_TOKEN);
          if (token == null && errors.isEmpty()) {
            errors.add(TOKEN, Fault.REQUIRED, "must be there");
          }
          return token == null ? "" : token;
        });
  }

  /** Which failed jobs are to be repeated. */
  public Failed failed(HttpServletRequest request) {
    return read(
        request,
        Set.of(CODE, CREATED_AFTER, CREATED_BEFORE, PageRequest.CURSOR),
        (fields, _) ->
            new Failed(
                fields.oneOf(CODE, ErrorCode::fromWireName, ListRequest.CODES),
                fields.oneOf(CREATED_AFTER, Times::read, Times.FORM),
                fields.oneOf(CREATED_BEFORE, Times::read, Times.FORM),
                fields.oneOf(PageRequest.CURSOR, Cursor::read, Cursor.FORM)));
  }

  /** Which dead letters are meant, by their keys. */
  public Predicate<String> letters(HttpServletRequest request) {
    return read(request, Set.of(KEYS, ALL), OperatorBody::letters);
  }

  private static Predicate<String> letters(Fields fields, FieldErrors errors) {
    var all = fields.flag(ALL);
    var keys = fields.shaped(KEYS, OperatorBody::areKeys, "must be a list of up to 500 keys");
    if (errors.isEmpty() && all == (keys != null)) {
      errors.add(KEYS, Fault.REQUIRED, "must be there, or \"all\": true, and not both");
    }
    var chosen =
        keys == null
            ? Set.<String>of()
            : keys.valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
    return all ? _ -> true : chosen::contains;
  }

  private static boolean areKeys(JsonNode node) {
    return node.isArray()
        && node.size() <= MOST_KEYS
        && node.valueStream()
            .allMatch(key -> key.isString() && key.stringValue().length() <= LONGEST_KEY);
  }

  private <T> T read(
      HttpServletRequest request, Set<String> known, BiFunction<Fields, FieldErrors, T> reader) {
    JsonMediaType.require(request);
    var errors = new FieldErrors();
    var fields = new Fields(StrictJson.plain(bodies.read(request)), errors);
    fields.allow(known);
    var value = reader.apply(fields, errors);
    if (!errors.isEmpty()) {
      throw Problems.invalidFields(errors.all()).asException();
    }
    return value;
  }
}
