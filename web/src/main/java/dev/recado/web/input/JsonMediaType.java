package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one kind of body that is read: {@code application/json}, in UTF-8, as it is. */
public final class JsonMediaType {
  private static final String JSON = "application/json";

  /** With or without the hyphen, and by its other name in IANA's list. */
  private static final Pattern JSON_IN_UTF_8 =
      Pattern.compile(
          "application/json *(; *charset *= *(\"?)(utf-?8|csutf8)\\2 *)?",
          Pattern.CASE_INSENSITIVE);

  private JsonMediaType() {}

  /** Throws the problem if the body of this request is of another kind. */
  public static void require(HttpServletRequest request) {
    var type = sent(request);
    if (type == null || !(type.equals(JSON) || JSON_IN_UTF_8.matcher(type).matches())) {
      throw Problems.unsupportedMediaType(
              "send JSON in UTF-8 and say so: Content-Type: application/json"
                  + " (with curl: -H 'Content-Type: application/json')")
          .asException();
    }
    requireAsItIs(request);
  }

  /** As it was sent: Jetty's own reading stumbles over a charset that Java does not know. */
  static @Nullable String sent(HttpServletRequest request) {
    return request.getHeader("Content-Type");
  }

  /** Throws the problem if the body is compressed. */
  static void requireAsItIs(HttpServletRequest request) {
    var encoding = request.getHeader("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problems.unsupportedMediaType("send the body as it is, without Content-Encoding")
          .asException();
    }
  }
}
