package dev.recado.web.input;

import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** The one kind of body that is read: {@code application/json}, in UTF-8, as it is. */
public final class JsonMediaType {
  private static final String JSON = "application/json";
  private static final Pattern JSON_IN_UTF_8 =
      Pattern.compile(
          "application/json *(; *charset *= *(utf-8|\"utf-8\") *)?", Pattern.CASE_INSENSITIVE);

  private JsonMediaType() {}

  /** Throws the problem if the body of this request is of another kind. */
  public static void require(HttpServletRequest request) {
    var type = request.getContentType();
    if (type == null || !(type.equals(JSON) || JSON_IN_UTF_8.matcher(type).matches())) {
      throw Problems.unsupportedMediaType(
              "send JSON in UTF-8 and say so: Content-Type: application/json"
                  + " (with curl: -H 'Content-Type: application/json')")
          .asException();
    }
    requireAsItIs(request);
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
