package dev.recado.web.access;

import dev.recado.config.Host;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever sits at this machine is its operator. web listens on loopback then, so all requests come
 * from here; what has to be told apart are those that a proxy passes on for strangers.
 */
final class LocalAccess implements OperatorAccess {
  private static final String FORWARDED = "x-forwarded";
  private static final Set<String> OF_PROXIES = Set.of("forwarded", "x-real-ip", "via");

  /** nginx speaks it to whom it passes requests on, unless told otherwise; no browser does. */
  private static final String OLD = "HTTP/1.0";

  @Override
  public boolean isServedTo(HttpServletRequest request) {
    return Caller.of(request).isThisMachine()
        && isLoopback(request.getServerName())
        && !request.getProtocol().equals(OLD)
        && Collections.list(request.getHeaderNames()).stream().noneMatch(LocalAccess::isOfAProxy);
  }

  @Override
  public boolean asksForToken() {
    return false;
  }

  @Override
  public boolean isLoggedIn(HttpServletRequest request) {
    return true;
  }

  @Override
  public Optional<String> logIn(HttpServletRequest request, String token) {
    return Optional.empty();
  }

  @Override
  public void admit(HttpServletRequest request) {
    // Whoever is served at all may do everything.
  }

  /** A proxy may pass on the name by which it was asked. */
  private static boolean isLoopback(String name) {
    var isInBrackets = name.startsWith("[") && name.endsWith("]");
    return new Host(isInBrackets ? name.substring(1, name.length() - 1) : name).isLoopback();
  }

  private static boolean isOfAProxy(String header) {
    var name = header.toLowerCase(Locale.ROOT);
    return name.startsWith(FORWARDED) || OF_PROXIES.contains(name);
  }
}
