package dev.recado.web.access;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a browser keeps its session: out of reach of scripts, and sent along by pages of this site
 * alone.
 */
final class SessionCookie {
  private static final String NAME = "recado_session";
  private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

  private SessionCookie() {}

  /** The sessions that come with a request; other sites of the same domain may have added some. */
  static Stream<String> in(HttpServletRequest request) {
    Cookie @Nullable [] cookies = request.getCookies();
    return cookies == null
        ? Stream.empty()
        : Arrays.stream(cookies)
            .filter(cookie -> cookie.getName().equals(NAME))
            .map(Cookie::getValue);
  }

  static void keep(HttpServletRequest request, HttpServletResponse response, String session) {
    set(request, response, session, Sessions.LIFE.toSeconds());
  }

  static void drop(HttpServletRequest request, HttpServletResponse response) {
    set(request, response, "", 0);
  }

  private static void set(
      HttpServletRequest request, HttpServletResponse response, String value, long seconds) {
    var secure = isEncrypted(request) ? "; Secure" : "";
    response.addHeader(
        "Set-Cookie", NAME + "=" + value + ATTRIBUTES + "; Max-Age=" + seconds + secure);
  }

  /** web itself speaks no TLS; what stands before it says whether it does. */
  private static boolean isEncrypted(HttpServletRequest request) {
    return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }
}
