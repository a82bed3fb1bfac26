package dev.recado.web.access;

import dev.recado.config.Secret;
import dev.recado.web.gate.Origins;
import dev.recado.web.problem.Problem;
import dev.recado.web.problem.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * Whoever knows the token is an operator: it comes with each request, or once, for a session. Wrong
 * ones are counted on either way, or the one would be the way around the other.
 */
final class TokenAccess implements OperatorAccess {
  private static final String SCHEME = "Bearer ";
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final AdminToken token;
  private final Sessions sessions;
  private final Guesses guesses;

  TokenAccess(Secret token, Clock clock) {
    this.token = new AdminToken(token);
    this.sessions = new Sessions(token, clock);
    this.guesses = new Guesses(clock);
  }

  @Override
  public boolean isServedTo(HttpServletRequest request) {
    return true;
  }

  @Override
  public boolean asksForToken() {
    return true;
  }

  @Override
  public boolean isLoggedIn(HttpServletRequest request) {
    return SessionCookie.in(request).anyMatch(sessions::isOpen);
  }

  @Override
  public Optional<String> logIn(HttpServletRequest request, String attempt) {
    check(request, attempt, Problems.wrongToken());
    return Optional.of(sessions.open());
  }

  @Override
  public void admit(HttpServletRequest request) {
    var bearer = bearer(request);
    if (bearer.isPresent()) {
      check(request, bearer.get(), Problems.operatorTokenRequired());
    } else {
      admitByCookie(request);
    }
  }

  /**
   * Another scheme than ours is for somebody on the way, such as a proxy with a log-in of its own.
   */
  private static Optional<String> bearer(HttpServletRequest request) {
    return Optional.ofNullable(request.getHeader("Authorization"))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }

  private void check(HttpServletRequest request, String attempt, Problem refusal) {
    var caller = Caller.of(request);
    guesses.requireRoom(caller);
    if (!token.is(attempt)) {
      guesses.wrong(caller);
      throw refusal.asException();
    }
  }

  /** A browser sends the cookie along for whoever asks, so it has to say that it was our page. */
  private void admitByCookie(HttpServletRequest request) {
    if (!isLoggedIn(request)) {
      throw Problems.operatorTokenRequired().asException();
    }
    if (!SAFE.contains(request.getMethod()) && !Origins.isOurs(request)) {
      throw Problems.crossSite().asException();
    }
  }
}
