package dev.recado.web.input;

import dev.recado.web.problem.FieldError;
import dev.recado.web.problem.FieldError.Fault;
import dev.recado.web.problem.Problem;
import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code Idempotency-Key} of a request. The IETF's draft writes it in quotes, as a Structured
 * Field string; many clients send it bare. Both mean the same key.
 */
public final class IdempotencyHeader {
  private static final String NAME = "Idempotency-Key";
  private static final Pattern KEY = Pattern.compile("\"([!#-\\[\\]-~]{1,255})\"|([!#-~]{1,255})");

  private IdempotencyHeader() {}

  /** The key, if one was sent; throws the problem if it is none. */
  public static Optional<String> of(HttpServletRequest request) {
    var sent = Collections.list(request.getHeaders(NAME));
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    var key = KEY.matcher(sent.getFirst().strip());
    if (sent.size() > 1 || !key.matches()) {
      throw malformed().asException();
    }
    return Optional.of(key.group(1) == null ? key.group(2) : key.group(1));
  }

  private static Problem malformed() {
    return Problems.invalidFields(
        List.of(
            new FieldError(
                NAME,
                Fault.MALFORMED,
                "must be one key of 1 to 255 visible ASCII characters, in quotes or bare")));
  }
}
