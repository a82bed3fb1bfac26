package dev.recado.web.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that a browser sends for somebody else's page. There is no key or cookie yet that
 * such a page would need, so it could spend the operator's money just by being looked at.
 */
final class Origins {
  private Origins() {}

  static boolean isForeign(HttpServletRequest request) {
    var site = request.getHeader("Sec-Fetch-Site");
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    // Browsers tell the site to secure addresses and to localhost only; elsewhere, the origin.
    var origin = request.getHeader("Origin");
    return origin != null && !request.getServerName().equalsIgnoreCase(hostOf(origin));
  }

  /** Without the port, which a proxy may have changed on the way. */
  private static @Nullable String hostOf(String origin) {
    try {
      return URI.create(origin).getHost();
    } catch (IllegalArgumentException notAnOrigin) {
      return null;
    }
  }
}
