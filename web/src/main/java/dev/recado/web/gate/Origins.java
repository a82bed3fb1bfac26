package dev.recado.web.gate;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests that a browser sends for somebody else's page. Clients need no key yet, so such a
 * page could spend the operator's money just by being looked at.
 */
public final class Origins {
  private static final String SITE = "Sec-Fetch-Site";
  private static final String ORIGIN = "Origin";

  private Origins() {}

  /** Whether it is known to come from a page of ours: the browser says so. */
  public static boolean isOurs(HttpServletRequest request) {
    var isSaid = request.getHeader(SITE) != null || request.getHeader(ORIGIN) != null;
    return isSaid && !isForeign(request);
  }

  static boolean isForeign(HttpServletRequest request) {
    var site = request.getHeader(SITE);
    if (site != null) {
      return !site.equals("same-origin") && !site.equals("none");
    }
    // Browsers tell the site to secure addresses and to localhost only; elsewhere, the origin.
    var origin = request.getHeader(ORIGIN);
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
